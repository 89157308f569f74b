package dev.mxcp.quality.testing;

import dev.mxcp.quality.testing.TestOutcome.Mismatch;
import dev.mxcp.types.PythonNotation;
import dev.mxcp.types.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Holds a value against the assertions of a test (cli Q3.3, Q3.4). All must hold; the first that
/// does not gives the message.
final class Assertions {
    private static final String NO_ITEM = "No item in array contains the expected fields";

    private Assertions() {}

    /// What the assertions say.
    ///
    /// @param failure null when all hold
    /// @param mismatch the two values, when `result` does not hold
    record Finding(@Nullable String failure, @Nullable Mismatch mismatch, List<String> warnings) {}

    /// @param assertions by key, in the order in which they are checked
    /// @param actual what the endpoint gave, as JSON values
    static Finding check(Map<String, @Nullable Object> assertions, @Nullable Object actual) {
        var warnings = new ArrayList<String>();
        for (Map.Entry<String, @Nullable Object> assertion : assertions.entrySet()) {
            Object expected = Canonical.plain(assertion.getValue());
            String key = assertion.getKey();
            if (key.equals("result") && expected == null) {
                if (!isNothing(actual)) {
                    warnings.add(
                            "result: null is no assertion, and the result is "
                                    + Difference.shown(actual));
                }
                continue;
            }
            String failure = failure(key, expected, actual);
            // what is nothing was an empty list once, so what holds for that holds still (Q3.3)
            if (failure != null
                    && (!isNothing(actual) || failure(key, expected, List.of()) != null)) {
                return new Finding(
                        failure,
                        key.equals("result") ? new Mismatch(expected, actual) : null,
                        warnings);
            }
        }
        return new Finding(null, null, warnings);
    }

    private static @Nullable String failure(
            String key, @Nullable Object expected, @Nullable Object actual) {
        return switch (key) {
            case "result" -> same(expected, actual);
            case "result_contains" -> contains(expected, actual);
            case "result_not_contains" -> lacks((List<?>) Objects.requireNonNull(expected), actual);
            case "result_contains_item" -> item(key, expected, actual);
            case "result_contains_all" ->
                    all(key, (List<?>) Objects.requireNonNull(expected), actual);
            case "result_length" -> length((Number) Objects.requireNonNull(expected), actual);
            case "result_contains_text" -> text(String.valueOf(expected), actual);
            default -> throw new IllegalArgumentException(key);
        };
    }

    private static @Nullable String same(@Nullable Object expected, @Nullable Object actual) {
        String difference = Difference.first(expected, actual);
        return difference == null ? null : "Result does not match: " + difference;
    }

    private static @Nullable String contains(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> fields && actual instanceof Map<?, ?> map) {
            return fields(fields, map);
        }
        if (actual instanceof List<?> list) {
            return found(expected, list) ? null : notFound(expected);
        }
        return "result_contains assertion requires dict or array result, got "
                + kind(actual)
                + (actual instanceof Map<?, ?> ? " for an expectation that is no map" : "");
    }

    private static @Nullable String fields(Map<?, ?> expected, Map<?, ?> actual) {
        for (Map.Entry<?, ?> field : expected.entrySet()) {
            Object name = field.getKey();
            if (!actual.containsKey(name)) {
                return "Expected field '%s' not found in result".formatted(name);
            }
            if (!equal(field.getValue(), actual.get(name))) {
                return "Field '%s' has value %s, expected %s"
                        .formatted(
                                name,
                                Difference.shown(actual.get(name)),
                                Difference.shown(field.getValue()));
            }
        }
        return null;
    }

    private static @Nullable String lacks(List<?> names, @Nullable Object actual) {
        if (names.isEmpty()) {
            return null;
        }
        if (actual instanceof Map<?, ?> map) {
            return lacks(names, map, "result");
        }
        if (!(actual instanceof List<?> list)) {
            return "result_not_contains assertion requires dict result, got " + kind(actual);
        }
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> map)) {
                return "result_not_contains assertion requires dict result, and item %d is %s"
                        .formatted(i, kind(list.get(i)));
            }
            String failure = lacks(names, map, "item " + i + " of the result");
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private static @Nullable String lacks(List<?> names, Map<?, ?> map, String where) {
        return names.stream()
                .filter(map::containsKey)
                .findFirst()
                .map(name ->
                        "Field '%s' should not be present in %s but was found"
                                .formatted(name, where))
                .orElse(null);
    }

    private static @Nullable String item(
            String key, @Nullable Object expected, @Nullable Object actual) {
        if (!(actual instanceof List<?> list)) {
            return "%s assertion requires array result, got %s".formatted(key, kind(actual));
        }
        return found(expected, list) ? null : notFound(expected);
    }

    private static @Nullable String all(String key, List<?> expected, @Nullable Object actual) {
        for (Object one : expected) {
            String failure = item(key, one, actual);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private static @Nullable String length(Number expected, @Nullable Object actual) {
        if (!(actual instanceof List<?> list)) {
            return "result_length assertion requires array result, got " + kind(actual);
        }
        return list.size() == expected.longValue()
                ? null
                : "Expected array of length %d, got %d"
                        .formatted(expected.longValue(), list.size());
    }

    private static @Nullable String text(String expected, @Nullable Object actual) {
        boolean holds =
                PythonNotation.text(actual).contains(expected)
                        || (!(actual instanceof String)
                                && (Json.text(actual).contains(expected)
                                        || SpacedJson.text(actual).contains(expected)));
        return holds
                ? null
                : "Expected text %s not found in result %s"
                        .formatted(Difference.shown(expected), Difference.shown(actual));
    }

    private static boolean found(@Nullable Object expected, List<?> list) {
        return list.stream()
                .anyMatch(item ->
                        (expected instanceof Map<?, ?> fields && item instanceof Map<?, ?> map)
                                ? fields(fields, map) == null
                                : equal(expected, item));
    }

    private static String notFound(@Nullable Object expected) {
        if (expected instanceof Map<?, ?>) {
            return NO_ITEM + ": " + Difference.shown(expected);
        }
        return "Array does not contain expected value: "
                + (expected instanceof String text ? text : Difference.shown(expected));
    }

    private static boolean equal(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(Canonical.loose(one), Canonical.loose(other));
    }

    /// What Python takes for false.
    private static boolean isNothing(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean truth -> !truth;
            case Number number -> number.doubleValue() == 0;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "text";
            case Boolean _ -> "a boolean";
            case Number _ -> "a number";
            case List<?> _ -> "an array";
            default -> "a dict";
        };
    }
}
