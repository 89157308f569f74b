package dev.mxcp.types;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges a JSON value by a JSON Schema, for the keywords that we publish (formats are
/// annotations). Written from the JSON Schema specification, apart from the code under test.
final class SchemaClaims {
    private final boolean nullPasses;
    private final boolean received;

    /// @param nullPasses whether null satisfies everything: arguments may be null although their
    ///   schema does not say so (V10)
    /// @param received whether items and numbers are judged as code receives them: items with
    ///   defaults filled in, a `number` as a float
    SchemaClaims(boolean nullPasses, boolean received) {
        this.nullPasses = nullPasses;
        this.received = received;
    }

    boolean hold(Map<?, ?> schema, @Nullable Object value) {
        if (value == null && nullPasses) {
            return true;
        }
        return type(schema.get("type"), value)
                && members(schema.get("enum"), value)
                && switch (value) {
                    case String text -> text(schema, text);
                    case Number number -> number(schema, asReceived(schema, number));
                    case List<?> list -> list(schema, list);
                    case Map<?, ?> map -> object(schema, map);
                    case null, default -> true;
                };
    }

    private static boolean type(@Nullable Object type, @Nullable Object value) {
        if (type instanceof List<?> several) {
            return several.stream().anyMatch(one -> type(one, value));
        }
        return switch ((String) type) {
            case null -> true;
            case "null" -> value == null;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" ->
                    value instanceof Number number
                            && number.doubleValue() == Math.rint(number.doubleValue());
            case "number" -> value instanceof Number;
            case "array" -> value instanceof List<?>;
            case "object" -> value instanceof Map<?, ?>;
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static boolean members(@Nullable Object members, @Nullable Object value) {
        return !(members instanceof List<?> list)
                || list.stream().anyMatch(member -> same(member, value));
    }

    private static boolean text(Map<?, ?> schema, String text) {
        int points = text.codePointCount(0, text.length());
        return points >= limit(schema, "minLength", 0)
                && points <= limit(schema, "maxLength", Double.MAX_VALUE)
                && (!(schema.get("pattern") instanceof String pattern)
                        || Pattern.compile(pattern).matcher(text).find());
    }

    private static boolean number(Map<?, ?> schema, BigDecimal number) {
        return order(number, schema, "minimum", 1) >= 0
                && order(number, schema, "maximum", -1) <= 0
                && order(number, schema, "exclusiveMinimum", 1) > 0
                && order(number, schema, "exclusiveMaximum", -1) < 0
                && (!(schema.get("multipleOf") instanceof Number step)
                        || number.remainder(exact(step)).signum() == 0);
    }

    private static int order(BigDecimal number, Map<?, ?> schema, String key, int otherwise) {
        return schema.get(key) instanceof Number limit ? number.compareTo(exact(limit)) : otherwise;
    }

    private List<?> asReceived(Map<?, ?> schema, List<?> list) {
        return received ? (List<?>) requireNonNull(filled(schema, list)) : list;
    }

    private static @Nullable Object filled(Map<?, ?> schema, @Nullable Object value) {
        return switch (value) {
            case List<?> list ->
                    list.stream().map(item -> filled(part(schema, "items"), item)).toList();
            case Map<?, ?> map -> {
                var all = new HashMap<@Nullable Object, @Nullable Object>();
                Map<?, ?> properties = part(schema, "properties");
                properties.forEach((name, property) -> {
                    if (property instanceof Map<?, ?> known && known.containsKey("default")) {
                        all.put(name, known.get("default"));
                    }
                });
                map.forEach(
                        (name, member) -> all.put(name, filled(part(properties, name), member)));
                yield all;
            }
            case null, default -> value;
        };
    }

    private BigDecimal asReceived(Map<?, ?> schema, Number number) {
        return received && "number".equals(schema.get("type"))
                ? new BigDecimal(number.doubleValue())
                : exact(number);
    }

    private static BigDecimal exact(Number number) {
        return number instanceof Double inexact
                ? new BigDecimal(inexact)
                : new BigDecimal(number.toString());
    }

    private boolean list(Map<?, ?> schema, List<?> list) {
        return list.size() >= limit(schema, "minItems", 0)
                && list.size() <= limit(schema, "maxItems", Double.MAX_VALUE)
                && (!Boolean.TRUE.equals(schema.get("uniqueItems"))
                        || unique(asReceived(schema, list)))
                && list.stream().allMatch(item -> hold(part(schema, "items"), item));
    }

    private boolean object(Map<?, ?> schema, Map<?, ?> object) {
        Map<?, ?> properties = part(schema, "properties");
        boolean required =
                !(schema.get("required") instanceof List<?> names)
                        || names.stream().allMatch(object::containsKey);
        return required
                && object.entrySet().stream()
                        .allMatch(entry ->
                                properties.containsKey(entry.getKey())
                                        ? hold(part(properties, entry.getKey()), entry.getValue())
                                        : !Boolean.FALSE.equals(
                                                schema.get("additionalProperties")));
    }

    private static Map<?, ?> part(Map<?, ?> schema, Object key) {
        return schema.get(key) instanceof Map<?, ?> part ? part : Map.of();
    }

    private static double limit(Map<?, ?> schema, String key, double otherwise) {
        return schema.get(key) instanceof Number number ? number.doubleValue() : otherwise;
    }

    private static boolean unique(List<?> list) {
        var seen = new HashSet<@Nullable Object>();
        return list.stream().allMatch(item -> seen.add(comparable(item)));
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return java.util.Objects.equals(comparable(one), comparable(other));
    }

    /// Numbers by value, at any depth.
    private static @Nullable Object comparable(@Nullable Object value) {
        return switch (value) {
            case Double number -> new BigDecimal(number).stripTrailingZeros();
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            case List<?> list -> {
                var items = new java.util.ArrayList<@Nullable Object>();
                list.forEach(item -> items.add(comparable(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                var members = new java.util.HashMap<Object, @Nullable Object>();
                map.forEach((name, item) -> members.put(name, comparable(item)));
                yield members;
            }
            case null, default -> value;
        };
    }
}
