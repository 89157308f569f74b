package dev.mxcp.engine.duckdb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The values for a text's parameters (R3.2). Every parameter needs a value and every value a
/// parameter. Values are null, String, Boolean, Byte to Long, BigInteger, Float, Double,
/// BigDecimal, LocalDate, LocalTime, LocalDateTime, OffsetDateTime, OffsetTime, Interval, UUID,
/// byte[], and Lists and Maps of these.
public sealed interface Parameters {

    /// No values.
    static Parameters none() {
        return new Named(Map.of());
    }

    /// By name, without regard to case. Numbered parameters are named by their number.
    record Named(Map<String, @Nullable Object> values) implements Parameters {
        public Named {
            values = frozen(values);
        }
    }

    /// The first value for `$1` or the first `?`, and so on.
    record Positional(List<@Nullable Object> values) implements Parameters {
        public Positional {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /// What Python passes as a dict: by name where the statement's parameters have names, in order
    /// where they have not, unless the keys are just their numbers.
    record ByOrder(SequencedMap<String, @Nullable Object> values) implements Parameters {
        public ByOrder {
            values = frozen(values);
        }
    }

    /// How many values there are.
    default int count() {
        return switch (this) {
            case Named(var values) -> values.size();
            case Positional(var values) -> values.size();
            case ByOrder(var values) -> values.size();
        };
    }

    private static SequencedMap<String, @Nullable Object> frozen(
            Map<String, @Nullable Object> values) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }
}
