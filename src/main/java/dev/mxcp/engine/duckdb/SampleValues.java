package dev.mxcp.engine.duckdb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A value for each parameter of a text that has the type of what a call would bind, with which the
/// text can be bound though nothing is run. Immutable.
///
/// @param values by parameter name; those of [Parameters]
/// @param exact false when the type of some value is a guess, so that a refusal of its type says
///   nothing
public record SampleValues(SequencedMap<String, @Nullable Object> values, boolean exact) {
    /// Nothing is known of any parameter.
    public static final SampleValues NONE = new SampleValues(new LinkedHashMap<>(), false);

    public SampleValues {
        var folded = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> folded.put(fold(name), value));
        values = Collections.unmodifiableSequencedMap(folded);
    }

    /// Whether there is a value for a parameter, in any spelling.
    boolean knows(String parameter) {
        return values.containsKey(fold(parameter));
    }

    /// The value of a parameter; null also when none is known.
    @Nullable Object of(String parameter) {
        return values.get(fold(parameter));
    }

    /// Whether a message quotes one of the values: then another value might have passed (`FROM
    /// query_table($name)`).
    boolean quotedIn(String message) {
        return values.values().stream().anyMatch(value -> quoted(message, value));
    }

    private static boolean quoted(String message, @Nullable Object value) {
        return switch (value) {
            case String text -> !text.isEmpty() && message.contains(text);
            case Iterable<?> list -> {
                for (Object item : list) {
                    if (quoted(message, item)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Map<?, ?> map -> map.values().stream().anyMatch(item -> quoted(message, item));
            case null, default -> false;
        };
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
