package dev.mxcp.engine.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mxcp.engine.duckdb.DuckType.Kind;
import dev.mxcp.types.json.Interval;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates DuckDB's values from Java's. Remembers what it created, values and types: closing
/// destroys all of it, so a value is only good until then. For one thread.
final class ValueFactory implements AutoCloseable {
    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final CApi api;
    private final Arena arena = Arena.ofConfined();
    private final List<Long> values = new ArrayList<>();
    private final List<Long> types = new ArrayList<>();

    ValueFactory(CApi api) {
        this.api = api;
    }

    /// The value in its own type.
    long create(@Nullable Object value) {
        return create(value, ValueShape.of(value));
    }

    @Override
    public void close() {
        for (long value : values) {
            api.values().destroyValue(CApi.handle(arena, value));
        }
        for (long type : types) {
            api.types().destroyLogicalType(CApi.handle(arena, type));
        }
        arena.close();
    }

    /// The value as part of something of the given shape; scalars keep their own type, since DuckDB
    /// casts them when they are put together.
    private long create(@Nullable Object value, ValueShape shape) {
        return switch (value) {
            case null -> kept(api.values().createNullValue(0));
            case List<?> list when shape instanceof ValueShape.Items(ValueShape item) ->
                    kept(api.values().createListValue(type(item), parts(list, item), list.size()));
            case Map<?, ?> map when shape instanceof ValueShape.Struct struct ->
                    kept(struct(map, struct));
            case Map<?, ?> map when shape instanceof ValueShape.Entries entries ->
                    kept(entries(map, entries));
            // in a list with something quite different: becomes text there
            case List<?> list -> create(list, ValueShape.of(list));
            case Map<?, ?> map -> create(map, ValueShape.of(map));
            default -> kept(inRange(value));
        };
    }

    private long kept(long created) {
        if (created == 0) {
            throw DuckDbException.of(
                    DuckDbException.Kind.INVALID_INPUT, "a value cannot be bound as a parameter");
        }
        values.add(created);
        return created;
    }

    private long inRange(Object value) {
        try {
            return scalar(value);
        } catch (ArithmeticException tooFar) {
            throw DuckDbException.of(
                    DuckDbException.Kind.OUT_OF_RANGE, "a date or time is out of range: " + value);
        }
    }

    private long scalar(Object value) {
        ValueCalls calls = api.values();
        return switch (value) {
            case String text -> {
                MemorySegment bytes = bytes(text.getBytes(StandardCharsets.UTF_8));
                yield calls.createVarcharLength(bytes, bytes.byteSize());
            }
            case Boolean truth -> calls.createBool(truth);
            case Byte number -> calls.createInt32(number);
            case Short number -> calls.createInt32(number);
            case Integer number -> calls.createInt32(number);
            case Long number ->
                    number == number.intValue()
                            ? calls.createInt32(number.intValue())
                            : calls.createInt64(number);
            case BigInteger number -> integer(number);
            case Float number -> calls.createDouble(number);
            case Double number -> calls.createDouble(number);
            case BigDecimal number -> decimal(number);
            case LocalDate date -> calls.createDate(Math.toIntExact(date.toEpochDay()));
            case LocalTime time -> calls.createTime(time.toNanoOfDay() / NANOS_PER_MICRO);
            case OffsetTime time -> calls.createTimeTzValue(Temporal.timeTzBits(time));
            case LocalDateTime time ->
                    calls.createTimestamp(micros(time.toInstant(ZoneOffset.UTC)));
            case OffsetDateTime time -> calls.createTimestampTz(micros(time.toInstant()));
            case Interval interval -> interval(interval);
            case UUID uuid ->
                    calls.createUuid(
                            words(uuid.getLeastSignificantBits(), uuid.getMostSignificantBits()));
            case byte[] blob -> calls.createBlob(bytes(blob), blob.length);
            default -> throw new IllegalArgumentException("no scalar: " + value.getClass());
        };
    }

    private long integer(BigInteger number) {
        if (!(ValueShape.of(number) instanceof ValueShape.Leaf(Kind kind))) {
            throw new IllegalStateException("an integer is a leaf");
        }
        MemorySegment words = words(number.longValue(), number.shiftRight(64).longValue());
        return switch (kind) {
            case INTEGER -> api.values().createInt32(number.intValue());
            case BIGINT -> api.values().createInt64(number.longValue());
            case UBIGINT -> api.values().createUint64(number.longValue());
            case HUGEINT -> api.values().createHugeint(words);
            default -> api.values().createUhugeint(words);
        };
    }

    private long decimal(BigDecimal number) {
        if (!(ValueShape.of(number) instanceof ValueShape.Decimal(int width, int scale))) {
            return api.values().createDouble(number.doubleValue());
        }
        BigInteger digits = number.setScale(scale).unscaledValue();
        MemorySegment decimal = arena.allocate(NativeFunction.DECIMAL);
        decimal.set(JAVA_BYTE, 0, (byte) width);
        decimal.set(JAVA_BYTE, 1, (byte) scale);
        decimal.set(JAVA_LONG, 8, digits.longValue());
        decimal.set(JAVA_LONG, 16, digits.shiftRight(64).longValue());
        return api.values().createDecimal(decimal);
    }

    private long interval(Interval interval) {
        long monthsAndDays =
                Integer.toUnsignedLong(interval.months()) | (long) interval.days() << Integer.SIZE;
        return api.values().createInterval(words(monthsAndDays, interval.micros()));
    }

    private long struct(Map<?, ?> map, ValueShape.Struct struct) {
        List<@Nullable Object> inOrder = new ArrayList<>();
        List<ValueShape> shapes = new ArrayList<>(struct.fields().values());
        struct.fields().keySet().forEach(name -> inOrder.add(named(map, name)));
        MemorySegment parts = arena.allocate(JAVA_LONG, Math.max(1, inOrder.size()));
        for (int index = 0; index < inOrder.size(); index++) {
            parts.setAtIndex(JAVA_LONG, index, create(inOrder.get(index), shapes.get(index)));
        }
        return api.values().createStructValue(type(struct), parts);
    }

    /// Keys are texts, whatever they were.
    private static @Nullable Object named(Map<?, ?> map, String name) {
        if (map.containsKey(name)) {
            return map.get(name);
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (String.valueOf(entry.getKey()).equals(name)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private long entries(Map<?, ?> map, ValueShape.Entries shape) {
        List<?> keys = map.get("key") instanceof List<?> list ? list : List.of();
        List<?> items = map.get("value") instanceof List<?> list ? list : List.of();
        return api.values()
                .createMapValue(
                        type(shape),
                        parts(keys, shape.key()),
                        parts(items, shape.value()),
                        keys.size());
    }

    private MemorySegment parts(List<?> list, ValueShape item) {
        MemorySegment parts = arena.allocate(JAVA_LONG, Math.max(1, list.size()));
        int index = 0;
        for (Object element : list) {
            parts.setAtIndex(JAVA_LONG, index++, create(element, item));
        }
        return parts;
    }

    private long type(ValueShape shape) {
        long type =
                switch (shape) {
                    case ValueShape.Leaf(Kind kind) -> api.types().createLogicalType(kind.id());
                    case ValueShape.Decimal(int width, int scale) ->
                            api.types().createDecimalType(width, scale);
                    case ValueShape.Items(ValueShape item) ->
                            api.types().createListType(type(item));
                    case ValueShape.Entries(ValueShape key, ValueShape value) ->
                            api.types().createMapType(type(key), type(value));
                    case ValueShape.Struct(var fields) -> structType(fields);
                };
        if (type == 0) {
            throw DuckDbException.of(
                    DuckDbException.Kind.INVALID_INPUT, "a value has no type in DuckDB");
        }
        types.add(type);
        return type;
    }

    private long structType(Map<String, ValueShape> fields) {
        MemorySegment members = arena.allocate(JAVA_LONG, Math.max(1, fields.size()));
        MemorySegment names = arena.allocate(JAVA_LONG, Math.max(1, fields.size()));
        int index = 0;
        for (Map.Entry<String, ValueShape> field : fields.entrySet()) {
            members.setAtIndex(JAVA_LONG, index, type(field.getValue()));
            names.setAtIndex(JAVA_LONG, index, arena.allocateFrom(field.getKey()).address());
            index++;
        }
        return api.types().createStructType(members, names, fields.size());
    }

    private MemorySegment bytes(byte[] content) {
        MemorySegment segment = arena.allocate(content.length);
        MemorySegment.copy(content, 0, segment, JAVA_BYTE, 0, content.length);
        return segment;
    }

    private MemorySegment words(long first, long second) {
        MemorySegment words = arena.allocate(NativeFunction.TWO_WORDS);
        words.set(JAVA_LONG, 0, first);
        words.set(JAVA_LONG, 8, second);
        return words;
    }

    private static long micros(Instant instant) {
        long micros = Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND);
        return Math.addExact(micros, instant.getNano() / NANOS_PER_MICRO);
    }
}
