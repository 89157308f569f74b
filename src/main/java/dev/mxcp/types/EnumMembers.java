package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Text;
import dev.mxcp.types.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The values that an `enum` admits. Numbers and booleans are compared by value: 1, 1.0 and true
/// are the same member (T5.4).
final class EnumMembers {
    private final List<@Nullable Object> written;
    private final Set<@Nullable Object> keys;

    private EnumMembers(List<@Nullable Object> written, Set<@Nullable Object> keys) {
        this.written = written;
        this.keys = keys;
    }

    /// Members to compare converted arguments with; null when the type has no `enum`.
    ///
    /// @param plain conversion of the type without its `enum`
    static @Nullable EnumMembers ofInput(TypeDef type, Conversion plain) {
        if (type.enumeration() == null) {
            return null;
        }
        Set<@Nullable Object> keys = new HashSet<>();
        for (Object member : type.enumeration()) {
            for (Arguments.Source source : Arguments.Source.values()) {
                keys.add(key(converted(member, plain, source)));
            }
        }
        return new EnumMembers(type.enumeration(), keys);
    }

    /// Members to compare results with; null when the type has no `enum`.
    static @Nullable EnumMembers ofOutput(TypeDef type) {
        List<@Nullable Object> published = published(type);
        if (published == null) {
            return null;
        }
        Set<@Nullable Object> keys = new HashSet<>();
        published.forEach(member -> keys.add(key(member)));
        return new EnumMembers(published, keys);
    }

    /// Members in the form they have in JSON when the type is met: text for strings, numbers for
    /// numbers, however they were written in YAML. Null when the type has no `enum`.
    static @Nullable List<@Nullable Object> published(TypeDef type) {
        if (type.enumeration() == null) {
            return null;
        }
        Conversion plain = Conversion.ofParameter(type);
        boolean text = type.shape() instanceof Text;
        var published = new ArrayList<@Nullable Object>();
        for (Object member : type.enumeration()) {
            boolean asWritten =
                    member == null
                            || (text ? member instanceof String : !(member instanceof String));
            Object shown = asWritten ? member : converted(member, plain, Arguments.Source.MCP);
            published.add(text ? asText(shown) : shown);
        }
        return published;
    }

    /// Whether a value is a member.
    boolean contains(@Nullable Object value) {
        return keys.contains(key(value));
    }

    /// `Must be one of: [...]`
    String expectation() {
        return "Must be one of: "
                + written.stream()
                        .map(PythonNotation::shown)
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static @Nullable Object converted(
            @Nullable Object member, Conversion plain, Arguments.Source source) {
        var intake = new Intake(source, false);
        Object value = plain.convert(member, intake);
        return intake.foundSince(0) ? member : value;
    }

    private static @Nullable Object asText(@Nullable Object member) {
        if (member == null || member instanceof String) {
            return member;
        }
        String json = Json.text(member);
        return json.startsWith("\"") ? Json.parse(json) : json;
    }

    /// The same object for values that count as equal.
    private static @Nullable Object key(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth ? 1L : 0L;
            case Long number -> number;
            case BigInteger number -> NumberText.small(number);
            case BigDecimal number -> {
                Number whole = NumberText.integer(number);
                yield whole == null ? (Object) number.doubleValue() : whole;
            }
            case Number number -> {
                Number whole = NumberText.integer(number);
                yield whole == null ? number.doubleValue() : whole;
            }
            case OffsetDateTime time -> time.toInstant();
            case List<?> list -> {
                var keys = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> keys.add(key(item)));
                yield keys;
            }
            case Map<?, ?> map -> {
                var keys = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, item) -> keys.put(String.valueOf(name), key(item)));
                yield keys;
            }
            default -> value;
        };
    }
}
