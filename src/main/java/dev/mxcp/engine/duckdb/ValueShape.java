package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.duckdb.DuckType.Kind;
import dev.mxcp.types.json.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The DuckDB type a Java value is bound as (R3.2), and the common type of several: elements of a
/// list must have one.
sealed interface ValueShape {
    int MAX_DIGITS = 38;

    record Leaf(Kind kind) implements ValueShape {}

    /// The shape of values without parts.
    static ValueShape leaf(Kind kind) {
        return new Leaf(kind);
    }

    record Decimal(int width, int scale) implements ValueShape {}

    record Items(ValueShape item) implements ValueShape {}

    record Struct(SequencedMap<String, ValueShape> fields) implements ValueShape {}

    /// A MAP: the empty map, or a map of exactly the lists `key` and `value`.
    record Entries(ValueShape key, ValueShape value) implements ValueShape {}

    /// The shape of a value.
    ///
    /// @throws DuckDbException when there is no DuckDB type for the value
    static ValueShape of(@Nullable Object value) {
        return switch (value) {
            case null -> leaf(Kind.NULL);
            case String _ -> leaf(Kind.VARCHAR);
            case Boolean _ -> new Leaf(Kind.BOOLEAN);
            case Byte _, Short _, Integer _ -> new Leaf(Kind.INTEGER);
            case Long number -> new Leaf(number == number.intValue() ? Kind.INTEGER : Kind.BIGINT);
            case BigInteger number -> new Leaf(integer(number));
            case Float _, Double _ -> leaf(Kind.DOUBLE);
            case BigDecimal number -> decimal(number);
            case LocalDate _ -> new Leaf(Kind.DATE);
            case LocalTime _ -> new Leaf(Kind.TIME);
            case LocalDateTime _ -> new Leaf(Kind.TIMESTAMP);
            case OffsetDateTime _ -> new Leaf(Kind.TIMESTAMP_TZ);
            case OffsetTime _ -> new Leaf(Kind.TIME_TZ);
            case Interval _ -> new Leaf(Kind.INTERVAL);
            case UUID _ -> new Leaf(Kind.UUID);
            case byte[] _ -> new Leaf(Kind.BLOB);
            case List<?> list -> new Items(common(list));
            case Map<?, ?> map -> map(map);
            default ->
                    throw DuckDbException.of(
                            DuckDbException.Kind.NOT_IMPLEMENTED,
                            "a value of " + value.getClass().getSimpleName() + " cannot be bound");
        };
    }

    private static ValueShape common(List<?> list) {
        ValueShape shape = leaf(Kind.NULL);
        for (Object item : list) {
            shape = shape.with(of(item));
        }
        return shape;
    }

    private static ValueShape map(Map<?, ?> map) {
        if (map.isEmpty()) {
            return new Entries(leaf(Kind.NULL), leaf(Kind.NULL));
        }
        if (map.size() == 2
                && map.get("key") instanceof List<?> keys
                && map.get("value") instanceof List<?> values
                && keys.size() == values.size()) {
            return new Entries(common(keys), common(values));
        }
        SequencedMap<String, ValueShape> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put(String.valueOf(name), of(value)));
        return new Struct(fields);
    }

    private static Kind integer(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return Kind.INTEGER;
        }
        if (number.bitLength() < Long.SIZE) {
            return Kind.BIGINT;
        }
        if (number.signum() > 0 && number.bitLength() == Long.SIZE) {
            return Kind.UBIGINT;
        }
        if (number.bitLength() < 128) {
            return Kind.HUGEINT;
        }
        if (number.signum() > 0 && number.bitLength() == 128) {
            return Kind.UHUGEINT;
        }
        throw DuckDbException.of(
                DuckDbException.Kind.INVALID_INPUT,
                "an integer of more than 128 bits cannot be bound");
    }

    private static ValueShape decimal(BigDecimal number) {
        int scale = Math.max(0, number.scale());
        int width = Math.max(number.precision() - Math.min(0, number.scale()), scale);
        width = Math.max(width, 1);
        return width > MAX_DIGITS ? leaf(Kind.DOUBLE) : new Decimal(width, scale);
    }

    /// The common shape of two values.
    default ValueShape with(ValueShape other) {
        if (equals(other) || other.equals(leaf(Kind.NULL))) {
            return this;
        }
        if (equals(leaf(Kind.NULL))) {
            return other;
        }
        return switch (this) {
            case Items(ValueShape item) when other instanceof Items(ValueShape second) ->
                    new Items(item.with(second));
            case Struct(var fields) when other instanceof Struct(var second) ->
                    new Struct(merged(fields, second));
            case Entries(ValueShape key, ValueShape value)
                    when other instanceof Entries(ValueShape key2, ValueShape value2) ->
                    new Entries(key.with(key2), value.with(value2));
            case Decimal _, Leaf _ -> scalars(this, other);
            case Items _, Struct _, Entries _ -> leaf(Kind.VARCHAR);
        };
    }

    private static SequencedMap<String, ValueShape> merged(
            SequencedMap<String, ValueShape> first, SequencedMap<String, ValueShape> second) {
        SequencedMap<String, ValueShape> fields = new LinkedHashMap<>(first);
        second.forEach((name, shape) -> fields.merge(name, shape, ValueShape::with));
        return fields;
    }

    private static ValueShape scalars(ValueShape first, ValueShape second) {
        int rank = Math.min(number(first), number(second));
        int other = Math.max(number(first), number(second));
        if (rank < 0) {
            return times(first, second);
        }
        if (first.equals(leaf(Kind.DOUBLE)) || second.equals(leaf(Kind.DOUBLE))) {
            return leaf(Kind.DOUBLE);
        }
        if (first instanceof Decimal || second instanceof Decimal) {
            return decimals(asDecimal(first), asDecimal(second));
        }
        List<Kind> order = integers();
        Kind wider = order.get(other);
        boolean unsigned = wider == Kind.UBIGINT || wider == Kind.UHUGEINT;
        // an unsigned type has no room for the other's sign
        return unsigned ? new Leaf(Kind.HUGEINT) : new Leaf(wider);
    }

    private static List<Kind> integers() {
        return List.of(
                Kind.BOOLEAN, Kind.INTEGER, Kind.BIGINT, Kind.UBIGINT, Kind.HUGEINT, Kind.UHUGEINT);
    }

    /// The place among the numbers, or -1.
    private static int number(ValueShape shape) {
        if (shape instanceof Decimal || shape.equals(leaf(Kind.DOUBLE))) {
            return integers().size();
        }
        return shape instanceof Leaf(Kind kind) ? integers().indexOf(kind) : -1;
    }

    private static Decimal asDecimal(ValueShape shape) {
        return switch (shape) {
            case Decimal decimal -> decimal;
            case Leaf(Kind kind) when kind == Kind.BOOLEAN || kind == Kind.INTEGER ->
                    new Decimal(10, 0);
            case Leaf(Kind kind) when kind == Kind.BIGINT -> new Decimal(19, 0);
            default -> new Decimal(MAX_DIGITS + 1, 0);
        };
    }

    private static ValueShape decimals(Decimal first, Decimal second) {
        int scale = Math.max(first.scale, second.scale);
        int whole = Math.max(first.width - first.scale, second.width - second.scale);
        return whole + scale > MAX_DIGITS ? leaf(Kind.DOUBLE) : new Decimal(whole + scale, scale);
    }

    private static ValueShape times(ValueShape first, ValueShape second) {
        List<Kind> order = List.of(Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMP_TZ);
        List<Integer> places = new ArrayList<>();
        for (ValueShape shape : List.of(first, second)) {
            places.add(shape instanceof Leaf(Kind kind) ? order.indexOf(kind) : -1);
        }
        return places.contains(-1)
                ? leaf(Kind.VARCHAR)
                : new Leaf(order.get(Math.max(places.getFirst(), places.getLast())));
    }
}
