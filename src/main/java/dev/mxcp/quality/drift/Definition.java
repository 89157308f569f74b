package dev.mxcp.quality.drift;

import dev.mxcp.types.json.Json;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Endpoint definitions in the one form in which snapshots hold and compare them (cli D2): defaults
/// written out, nulls dropped everywhere, numeric limits as fractions, dates as text, `return` as
/// `return_`. Definitions from files and from snapshots, ours or not, come to the same form.
final class Definition {
    private static final List<String> KINDS = List.of("tool", "resource", "prompt");
    private static final Set<String> LIMITS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

    private Definition() {}

    /// The form of a whole endpoint file, without its `metadata`, which stands beside it.
    static Map<String, @Nullable Object> of(Map<String, ? extends @Nullable Object> document) {
        var definition = new LinkedHashMap<String, @Nullable Object>();
        definition.put("mxcp", (long) Snapshot.VERSION);
        for (String kind : KINDS) {
            if (document.get(kind) instanceof Map<?, ?> endpoint) {
                definition.put(kind, endpoint(endpoint, kind));
            }
        }
        return definition;
    }

    /// `tool/stock`: kind and name, or URI template, of a definition in either form.
    static @Nullable String endpoint(@Nullable Map<String, ? extends @Nullable Object> definition) {
        if (definition == null) {
            return null;
        }
        for (String kind : KINDS) {
            if (definition.get(kind) instanceof Map<?, ?> endpoint) {
                Object id = endpoint.get(kind.equals("resource") ? "uri" : "name");
                return id == null ? null : kind + "/" + id;
            }
        }
        return null;
    }

    /// Deep equality in which numbers count by value and the order of map keys does not.
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            return map.keySet().equals(otherMap.keySet())
                    && map.entrySet().stream()
                            .allMatch(
                                    entry -> same(entry.getValue(), otherMap.get(entry.getKey())));
        }
        if (one instanceof List<?> list && other instanceof List<?> otherList) {
            return list.size() == otherList.size()
                    && java.util.stream.IntStream.range(0, list.size())
                            .allMatch(index -> same(list.get(index), otherList.get(index)));
        }
        if (one instanceof Number number && other instanceof Number otherNumber) {
            return number.equals(otherNumber)
                    || new java.math.BigDecimal(number.toString())
                                    .compareTo(new java.math.BigDecimal(otherNumber.toString()))
                            == 0;
        }
        return Objects.equals(one, other);
    }

    /// A value without nulls, dates as their text.
    static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, member) -> put(copy, String.valueOf(name), plain(member)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                list.forEach(item -> copy.add(plain(item)));
                yield copy;
            }
            case Temporal time -> Json.parse(Json.text(time));
            case byte[] bytes -> Json.parse(Json.text(bytes));
            case Double number when !Double.isFinite(number) -> null;
            case null, default -> value;
        };
    }

    private static Map<String, @Nullable Object> endpoint(Map<?, ?> endpoint, String kind) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        endpoint.forEach((key, value) -> {
            String name = String.valueOf(key);
            switch (name) {
                case "return", "return_" -> put(copy, "return_", type(value));
                case "parameters" -> put(copy, name, each(value, Definition::type));
                default -> put(copy, name, plain(value));
            }
        });
        if (!kind.equals("prompt")) {
            copy.putIfAbsent("language", "sql");
        }
        copy.putIfAbsent("enabled", true);
        return copy;
    }

    private static @Nullable Object type(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> type)) {
            return plain(value);
        }
        var copy = new LinkedHashMap<String, @Nullable Object>();
        type.forEach((key, member) -> {
            String name = String.valueOf(key);
            Object plain =
                    switch (name) {
                        case "items" -> type(member);
                        case "properties" -> properties(member);
                        default ->
                                LIMITS.contains(name) && member instanceof Number limit
                                        ? (Object) limit.doubleValue()
                                        : plain(member);
                    };
            put(copy, name, plain);
        });
        copy.putIfAbsent("sensitive", false);
        return copy;
    }

    private static @Nullable Object properties(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> properties)) {
            return plain(value);
        }
        var copy = new LinkedHashMap<String, @Nullable Object>();
        properties.forEach((name, member) -> put(copy, String.valueOf(name), type(member)));
        return copy;
    }

    private interface Form {
        @Nullable Object of(@Nullable Object value);
    }

    private static @Nullable Object each(@Nullable Object value, Form form) {
        if (!(value instanceof List<?> list)) {
            return plain(value);
        }
        var copy = new ArrayList<@Nullable Object>();
        list.forEach(item -> copy.add(form.of(item)));
        return copy;
    }

    private static void put(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
