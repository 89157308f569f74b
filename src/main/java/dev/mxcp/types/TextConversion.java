package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Format;
import dev.mxcp.types.TypeDef.Text;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Strings, and what their formats make of them (T7).
final class TextConversion extends Conversion {
    private static final int LONGEST_NUMBER = 400;

    private final @Nullable Format format;
    private final TextRules rules;
    private final boolean plain;

    TextConversion(TypeDef type, Text text, boolean hidden) {
        super(type, true, hidden);
        format = text.format();
        rules = new TextRules(text);
        plain = format == null && rules.none();
    }

    @Override
    @Nullable Object converted(Object raw, Intake intake) {
        if (raw instanceof String text) {
            return plain ? text : ofText(text, intake);
        }
        if (format != null) {
            Object ready = ofValue(format, raw);
            if (ready != null) {
                return ready;
            }
            if (format == Format.DATE || format == Format.TIME || format == Format.DATE_TIME) {
                intake.problem(
                        "Expected string for %s format, got %s"
                                .formatted(format.yamlName(), PythonNotation.typeName(raw)));
                return null;
            }
        }
        String text = text(raw, intake);
        return text == null ? unexpected(raw, intake) : ofText(text, intake);
    }

    private @Nullable Object ofText(String text, Intake intake) {
        String problem = rules.problem(text);
        if (problem != null) {
            intake.problem(problem);
            return null;
        }
        return switch (format) {
            case null -> text;
            case EMAIL ->
                    TextFormats.isEmail(text) ? text : invalid("email format", text, "", intake);
            case URI -> TextFormats.isUri(text) ? text : invalid("URI format", text, "", intake);
            case DURATION ->
                    TextFormats.isDuration(text)
                            ? text
                            : invalid(
                                    "duration format", text, "expected such as P1DT2H30M", intake);
            case DATE -> read(DateTimes.date(text), "date format", text, "YYYY-MM-DD", intake);
            case TIME -> read(DateTimes.time(text), "time format", text, "HH:MM:SS", intake);
            case DATE_TIME ->
                    read(
                            DateTimes.dateTime(text),
                            "date-time format",
                            text,
                            "ISO 8601, such as 2026-01-31T12:00:00Z",
                            intake);
            case TIMESTAMP ->
                    read(timestamp(text), "timestamp", text, "seconds since 1970-01-01", intake);
        };
    }

    private @Nullable Object read(
            @Nullable Object value, String what, String text, String expected, Intake intake) {
        return value != null ? value : invalid(what, text, "expected " + expected, intake);
    }

    /// Dates and times that YAML has read already, and numbers for a timestamp; null for others.
    private static @Nullable Object ofValue(Format format, Object raw) {
        return switch (format) {
            case DATE ->
                    switch (raw) {
                        case LocalDate date -> date;
                        case LocalDateTime time -> dateOf(time);
                        case OffsetDateTime time -> dateOf(time.toLocalDateTime());
                        default -> null;
                    };
            case TIME -> raw instanceof LocalTime time ? time : null;
            case DATE_TIME ->
                    switch (raw) {
                        case LocalDateTime time -> time;
                        case OffsetDateTime time -> time;
                        case LocalDate date -> date.atStartOfDay();
                        default -> null;
                    };
            case TIMESTAMP ->
                    switch (raw) {
                        case LocalDateTime time -> time;
                        case OffsetDateTime time ->
                                time.atZoneSameInstant(ZoneId.systemDefault()).toLocalDateTime();
                        case LocalDate date -> date.atStartOfDay();
                        default -> null;
                    };
            case EMAIL, URI, DURATION -> null;
        };
    }

    private static @Nullable LocalDate dateOf(LocalDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT) ? time.toLocalDate() : null;
    }

    private static @Nullable LocalDateTime timestamp(String written) {
        String text = written.strip();
        Double number = text.length() > LONGEST_NUMBER ? null : NumberText.number(text);
        return number == null || !Double.isFinite(number)
                ? null
                : DateTimes.timestamp(new BigDecimal(text), ZoneId.systemDefault());
    }

    private static @Nullable String text(Object raw, Intake intake) {
        return switch (raw) {
            case BigDecimal number -> number.toPlainString();
            case Boolean truth when intake.fromMcp() -> truth.toString();
            case List<?> _ when intake.fromMcp() -> null;
            case Map<?, ?> _ when intake.fromMcp() -> null;
            default -> PythonNotation.text(raw);
        };
    }
}
