package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.duckdb.DuckDbException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which value belongs to which parameter of one text. Values are kept under their parameters'
/// names in lower case.
final class Assignment {
    private final Map<String, @Nullable Object> values;

    private Assignment(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /// Assigns values to the parameters of a whole text, each of which must get one.
    ///
    /// @throws DuckDbException of kind INVALID_INPUT when a value or a parameter is left over, of
    ///   kind NOT_IMPLEMENTED when the text has both names and numbers
    static Assignment of(Collection<String> names, Parameters parameters) {
        Map<String, @Nullable Object> values =
                switch (parameters) {
                    case Parameters.Named(var named) -> folded(named);
                    case Parameters.Positional(var list) -> numbered(list);
                    case Parameters.ByOrder(var dict) ->
                            inOrder(names, dict) ? numbered(dict.values()) : folded(dict);
                };
        if (names.stream().anyMatch(Assignment::isNumber)
                && !names.stream().allMatch(Assignment::isNumber)) {
            throw DuckDbException.of(
                    Kind.NOT_IMPLEMENTED,
                    "Mixing named and positional parameters is not supported yet");
        }
        List<String> missing = new ArrayList<>();
        List<String> surplus = new ArrayList<>(values.keySet());
        for (String name : names) {
            surplus.remove(fold(name));
            if (!values.containsKey(fold(name))) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty() || !surplus.isEmpty()) {
            throw mismatch(names.size(), values.size(), missing, surplus);
        }
        return new Assignment(values);
    }

    /// The value of a parameter.
    ///
    /// @throws DuckDbException of kind INVALID_INPUT when it has none
    @Nullable Object value(String parameter) {
        if (!values.containsKey(fold(parameter))) {
            throw mismatch(values.size() + 1, values.size(), List.of(parameter), List.of());
        }
        return values.get(fold(parameter));
    }

    private static boolean inOrder(Collection<String> names, Map<String, ?> dict) {
        return names.stream().allMatch(Assignment::isNumber) && !dict.keySet().containsAll(names);
    }

    private static DuckDbException mismatch(
            int expected, int given, List<String> missing, List<String> surplus) {
        String counts = " (expected %d, got %d)".formatted(expected, given);
        String text =
                missing.isEmpty()
                        ? "Parameter argument/count mismatch, identifiers of the excess parameters: "
                                + String.join(", ", surplus)
                        : "Values were not provided for the following parameters: "
                                + String.join(", ", missing);
        return DuckDbException.of(Kind.INVALID_INPUT, text + counts);
    }

    private static Map<String, @Nullable Object> folded(Map<String, @Nullable Object> named) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        named.forEach((name, value) -> values.put(fold(name), value));
        return values;
    }

    private static Map<String, @Nullable Object> numbered(Collection<@Nullable Object> list) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        int number = 0;
        for (Object value : list) {
            values.put(Integer.toString(++number), value);
        }
        return values;
    }

    private static boolean isNumber(String name) {
        return name.chars().allMatch(Character::isDigit);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
