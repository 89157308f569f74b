package dev.mxcp.engine.python;

import dev.mxcp.types.json.Interval;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes values in version 2 of Python's `marshal` format into a growing array. The caller counts
/// the members of tuples and lists. Not for several threads.
final class MarshalWriter {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BIG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int DIGIT_BITS = 15;
    private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;
    private static final int KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[1024];
    private int size;
    private boolean tagged;

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    /// A copy of what was written.
    byte[] written() {
        return Arrays.copyOf(bytes, size);
    }

    /// Whether a value was written, since the last [#clear()], that the worker has to put together.
    boolean tagged() {
        return tagged;
    }

    void clear() {
        size = 0;
        tagged = false;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[1024];
        }
    }

    /// Leaves room for a number that is known later.
    int reserveInt() {
        room(4);
        size += 4;
        return size - 4;
    }

    void patchInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    void patchBool(int at, boolean value) {
        bytes[at] = (byte) (value ? 'T' : 'F');
    }

    MarshalWriter none() {
        return code('N');
    }

    MarshalWriter bool(boolean value) {
        return code(value ? 'T' : 'F');
    }

    MarshalWriter integer(long value) {
        if (value == (int) value) {
            return headed('i', (int) value);
        }
        if (value == Long.MIN_VALUE) {
            return integer(BigInteger.valueOf(value));
        }
        code('l');
        int count = reserveInt();
        long rest = Math.abs(value);
        int digits = 0;
        for (; rest != 0; rest >>>= DIGIT_BITS) {
            digit((int) rest & DIGIT_MASK);
            digits++;
        }
        patchInt(count, value < 0 ? -digits : digits);
        return this;
    }

    MarshalWriter integer(BigInteger value) {
        if (value.bitLength() < Long.SIZE - 1) {
            return integer(value.longValue());
        }
        code('l');
        int count = reserveInt();
        BigInteger rest = value.abs();
        int digits = 0;
        for (; rest.signum() != 0; rest = rest.shiftRight(DIGIT_BITS)) {
            digit(rest.intValue() & DIGIT_MASK);
            digits++;
        }
        patchInt(count, value.signum() < 0 ? -digits : digits);
        return this;
    }

    MarshalWriter real(double value) {
        room(9);
        bytes[size] = 'g';
        LONG.set(bytes, size + 1, Double.doubleToRawLongBits(value));
        size += 9;
        return this;
    }

    MarshalWriter text(@Nullable String value) {
        if (value == null) {
            return none();
        }
        int length = value.length();
        room(5 + 3 * length);
        bytes[size] = 'u';
        int start = size + 5;
        size = Utf8.encode(value, bytes, start);
        INT.set(bytes, start - 4, size - start);
        return this;
    }

    /// UTF-8 bytes as text; they are not checked.
    MarshalWriter text(MemorySegment utf8, long from, int length) {
        return copied('u', utf8, from, length);
    }

    MarshalWriter bytes(MemorySegment source, long from, int length) {
        return copied('s', source, from, length);
    }

    MarshalWriter bytes(byte[] value) {
        headed('s', value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /// A text of so many bytes, which the caller puts into [#array()].
    ///
    /// @return where they belong
    int roomForText(int length) {
        return roomFor('u', length);
    }

    /// The same for a byte string.
    int roomForBytes(int length) {
        return roomFor('s', length);
    }

    private int roomFor(char code, int length) {
        headed(code, length);
        room(length);
        size += length;
        return size - length;
    }

    MarshalWriter uuidBytes(long high, long low) {
        headed('s', 16);
        room(16);
        LONG_BIG.set(bytes, size, high);
        LONG_BIG.set(bytes, size + 8, low);
        size += 16;
        return this;
    }

    MarshalWriter tuple(int members) {
        return headed('(', members);
    }

    MarshalWriter list(int items) {
        return headed('[', items);
    }

    /// Key and value follow in turn, then [#endDict()].
    MarshalWriter dict() {
        return code('{');
    }

    MarshalWriter endDict() {
        return code('0');
    }

    /// The beginning of a tuple that stands for a value marshal lacks.
    MarshalWriter tag(int code, int members) {
        tagged = true;
        return tuple(members + 1).integer(code);
    }

    MarshalWriter texts(List<String> values) {
        list(values.size());
        values.forEach(this::text);
        return this;
    }

    /// Any plain value; what is none is written as its text.
    MarshalWriter any(@Nullable Object value) {
        return switch (value) {
            case null -> none();
            case String text -> text(text);
            case Boolean truth -> bool(truth);
            case Long number -> integer(number);
            case Double number -> real(number);
            case BigInteger number -> integer(number);
            case Float number -> real(number);
            case Number number when isWhole(number) -> integer(number.longValue());
            case BigDecimal number -> tag(Tag.DECIMAL, 1).text(number.toString());
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            case byte[] blob -> bytes(blob);
            case UUID uuid ->
                    tag(Tag.UUID, 1)
                            .uuidBytes(
                                    uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
            default -> temporal(value);
        };
    }

    private MarshalWriter temporal(Object value) {
        return switch (value) {
            case LocalDate date -> tag(Tag.DATE, 1).integer(date.toEpochDay());
            case LocalTime time -> tag(Tag.TIME, 1).integer(micros(time));
            case LocalDateTime time ->
                    tag(Tag.TIMESTAMP, 1).integer(micros(time.toInstant(ZoneOffset.UTC)));
            case OffsetDateTime time ->
                    tag(Tag.TIMESTAMP_TZ, 2)
                            .integer(micros(time.toInstant()))
                            .integer(time.getOffset().getTotalSeconds());
            case OffsetTime time ->
                    tag(Tag.TIME_TZ, 2)
                            .integer(micros(time.toLocalTime()))
                            .integer(time.getOffset().getTotalSeconds());
            case Interval(int months, int days, long micros) ->
                    tag(Tag.INTERVAL, 3).integer(months).integer(days).integer(micros);
            case Duration span ->
                    tag(Tag.INTERVAL, 3).integer(0).integer(0).integer(span.toNanos() / 1000);
            default -> text(value.toString());
        };
    }

    private MarshalWriter list(List<?> list) {
        list(list.size());
        list.forEach(this::any);
        return this;
    }

    private MarshalWriter map(Map<?, ?> map) {
        if (map.keySet().stream().allMatch(String.class::isInstance)) {
            dict();
            map.forEach((key, value) -> any(key).any(value));
            return endDict();
        }
        tag(Tag.MAP, 2).list(map.size());
        map.keySet().forEach(this::any);
        list(map.size());
        map.values().forEach(this::any);
        return this;
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    private static long micros(LocalTime time) {
        return time.toNanoOfDay() / 1000;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private MarshalWriter copied(char code, MemorySegment source, long from, int length) {
        headed(code, length);
        room(length);
        MemorySegment.copy(source, ValueLayout.JAVA_BYTE, from, bytes, size, length);
        size += length;
        return this;
    }

    private MarshalWriter code(char code) {
        room(1);
        bytes[size++] = (byte) code;
        return this;
    }

    private MarshalWriter headed(char code, int number) {
        room(5);
        bytes[size] = (byte) code;
        INT.set(bytes, size + 1, number);
        size += 5;
        return this;
    }

    private void digit(int value) {
        room(2);
        bytes[size++] = (byte) value;
        bytes[size++] = (byte) (value >> 8);
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            long doubled = Math.min(bytes.length * 2L, Integer.MAX_VALUE - 64);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
        }
    }
}
