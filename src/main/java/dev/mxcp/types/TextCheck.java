package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Format;
import dev.mxcp.types.TypeDef.Text;
import dev.mxcp.types.json.Blobs;
import dev.mxcp.types.json.Interval;
import dev.mxcp.types.json.Iso;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Strings, and whatever JSON shows as one: dates and times, UUIDs, spans of time, bytes. Their
/// rules apply to the text that is shown. Formats of dates and times are not checked (O3).
final class TextCheck extends ScalarCheck {
    private final @Nullable Format format;
    private final TextRules rules;
    private final boolean free;
    private final boolean hidden;

    TextCheck(Text text, @Nullable EnumMembers members, boolean hidden) {
        super(text, members);
        this.hidden = hidden;
        format = text.format();
        rules = new TextRules(text);
        boolean formatFree =
                format != Format.EMAIL && format != Format.URI && format != Format.DURATION;
        free = formatFree && rules.none() && members == null;
    }

    @Override
    public boolean admitsAll(ValueKind kind) {
        return free && (kind == ValueKind.Scalar.TEXT || kind == ValueKind.Scalar.TEMPORAL);
    }

    @Override
    @Nullable String found(Object value) {
        String text = shown(value);
        if (text == null) {
            return mismatch(PythonNotation.typeName(value));
        }
        return free ? null : textProblem(text);
    }

    private @Nullable String textProblem(String text) {
        boolean wellFormed =
                switch (format) {
                    case EMAIL -> TextFormats.isEmail(text);
                    case URI -> TextFormats.isUri(text);
                    case DURATION -> TextFormats.isWrittenDuration(text);
                    case DATE, TIME, DATE_TIME, TIMESTAMP -> true;
                    case null -> true;
                };
        if (format != null && !wellFormed) {
            String name = format == Format.URI ? "URI" : format.yamlName();
            return "Invalid " + name + " format" + (hidden ? "" : ": " + PythonNotation.cut(text));
        }
        String problem = rules.problem(text);
        return problem != null ? problem : memberProblem(text);
    }

    private static @Nullable String shown(Object value) {
        return switch (value) {
            case String text -> text;
            case LocalDate date -> Iso.text(date);
            case LocalTime time -> Iso.text(time);
            case LocalDateTime time -> Iso.text(time);
            case OffsetDateTime time -> Iso.text(time);
            case OffsetTime time -> Iso.text(time);
            case UUID uuid -> uuid.toString();
            case Interval interval -> interval.isoText();
            case byte[] blob -> Blobs.text(blob);
            default -> null;
        };
    }
}
