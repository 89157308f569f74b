package dev.mxcp.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an absent value becomes: its default, converted and checked like a supplied one (T3), or
/// null. A default that fails is the author's mistake and is reported with each call that needs it.
final class Fallback {
    private final @Nullable Object value;
    private final List<String> problems;

    private Fallback(@Nullable Object value, List<String> problems) {
        this.value = value;
        this.problems = problems;
    }

    /// The fallback of an optional member or parameter.
    static Fallback of(TypeDef type, Conversion conversion) {
        TypeDef.Default written = type.fallback();
        if (written == null || written.value() == null) {
            return new Fallback(null, List.of());
        }
        // nothing is filled in inside a default (T4.6)
        var intake = new Intake(Arguments.Source.TEXT, false);
        Object value = conversion.convert(written.value(), intake);
        var problems = new ArrayList<String>();
        intake.lines().forEach(line -> problems.add(line + " (the default in its definition)"));
        return new Fallback(frozen(value), problems);
    }

    /// The value, shared between calls and therefore unmodifiable.
    @Nullable Object value(Intake intake) {
        problems.forEach(intake::problem);
        return value;
    }

    private static @Nullable Object frozen(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> copy.add(frozen(item)));
                yield Collections.unmodifiableList(copy);
            }
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, item) -> copy.put(String.valueOf(name), frozen(item)));
                yield Collections.unmodifiableSequencedMap(copy);
            }
            case null, default -> value;
        };
    }
}
