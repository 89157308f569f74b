package dev.mxcp.engine.python;

import dev.mxcp.types.json.Interval;
import dev.mxcp.types.json.JsonBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads what a worker sent, in version 2 of Python's `marshal` format. User code shares the
/// worker's process, so nothing about the bytes is believed: each type, size and depth is checked.
final class MarshalReader {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BIG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int DIGIT_BITS = 15;
    private static final int MAX_DIGITS = 64;
    private static final int MAX_DEPTH = 100;

    private final byte[] bytes;
    private final int end;
    private int at;

    MarshalReader(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    /// Bytes that are no message of ours.
    static final class Garbled extends RuntimeException {
        Garbled(String message) {
            super(message);
        }
    }

    /// The beginning of a tuple.
    ///
    /// @return how many members follow
    int tuple() {
        return counted('(');
    }

    /// The beginning of a list.
    ///
    /// @return how many items follow
    int list() {
        return counted('[');
    }

    int integer() {
        expect('i');
        return int32();
    }

    boolean bool() {
        return switch (next()) {
            case 'T' -> true;
            case 'F' -> false;
            default -> throw unexpected("a truth value");
        };
    }

    String text() {
        String text = optionalText();
        if (text == null) {
            throw unexpected("text");
        }
        return text;
    }

    @Nullable String optionalText() {
        if (next() == 'N') {
            return null;
        }
        at--;
        int length = counted('u');
        at += length;
        return Utf8.decode(bytes, at - length, length);
    }

    List<String> texts() {
        int count = list();
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    /// Passes a `None`, if that is what comes.
    boolean skipNone() {
        need(1);
        if (bytes[at] != 'N') {
            return false;
        }
        at++;
        return true;
    }

    /// Whether a text comes.
    boolean nextIsText() {
        need(1);
        return bytes[at] == 'u';
    }

    /// Whether an integer of 32 bits comes.
    boolean nextIsInt() {
        need(1);
        return bytes[at] == 'i';
    }

    /// An integer of at most 64 bits.
    long wide() {
        if (nextIsInt()) {
            return integer();
        }
        expect('l');
        if (big() instanceof Long number) {
            return number;
        }
        throw unexpected("an integer of 64 bits");
    }

    double realValue() {
        expect('g');
        return real();
    }

    /// Passes a text, whose bytes then end at [#position()].
    ///
    /// @return how many there are
    int rawText() {
        int length = counted('u');
        at += length;
        return length;
    }

    /// The same for a byte string.
    int rawBytes() {
        int length = counted('s');
        at += length;
        return length;
    }

    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, end);
    }

    int position() {
        return at;
    }

    byte[] array() {
        return bytes;
    }

    @Nullable Double optionalReal() {
        Object value = any();
        return switch (value) {
            case null -> null;
            case Double number -> number;
            default -> throw unexpected("a float");
        };
    }

    /// A byte string that is JSON.
    JsonBuffer json() {
        int length = counted('s');
        at += length;
        return new JsonBuffer(length).raw(bytes, at - length, length);
    }

    byte[] blob() {
        int length = counted('s');
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    List<Long> longs() {
        int count = list();
        var values = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            values.add((long) integer());
        }
        return values;
    }

    /// Any value: null, Boolean, Long or BigInteger, Double, String, byte[], List, map, and Java's
    /// classes for the tagged ones.
    @Nullable Object any() {
        return any(0);
    }

    private @Nullable Object any(int depth) {
        if (depth > MAX_DEPTH) {
            throw new Garbled("nested deeper than " + MAX_DEPTH + " levels");
        }
        int code = next();
        return switch (code) {
            case 'N' -> null;
            case 'T' -> true;
            case 'F' -> false;
            case 'i' -> (long) int32();
            case 'l' -> big();
            case 'g' -> real();
            case '{' -> dict(depth + 1);
            case 'u' -> {
                at--;
                yield text();
            }
            case 's' -> {
                at--;
                yield blob();
            }
            case '[' -> {
                at--;
                yield items(list(), depth + 1);
            }
            case '(' -> {
                at--;
                yield tagged(items(tuple(), depth + 1));
            }
            default -> throw unexpected("a value");
        };
    }

    private List<@Nullable Object> items(int count, int depth) {
        var items = new ArrayList<@Nullable Object>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            items.add(any(depth));
        }
        return items;
    }

    private SequencedMap<String, @Nullable Object> dict(int depth) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (next() != '0') {
            at--;
            String key = text();
            map.put(key, any(depth));
        }
        return map;
    }

    private Object tagged(List<@Nullable Object> members) {
        try {
            return switch ((int) number(members, 0)) {
                case Tag.DATE -> LocalDate.ofEpochDay(number(members, 1));
                case Tag.TIME -> time(number(members, 1));
                case Tag.TIMESTAMP ->
                        LocalDateTime.ofInstant(instant(number(members, 1)), ZoneOffset.UTC);
                case Tag.TIMESTAMP_TZ ->
                        OffsetDateTime.ofInstant(instant(number(members, 1)), offset(members, 2));
                case Tag.TIME_TZ -> OffsetTime.of(time(number(members, 1)), offset(members, 2));
                case Tag.INTERVAL ->
                        new Interval(
                                Math.toIntExact(number(members, 1)),
                                Math.toIntExact(number(members, 2)),
                                number(members, 3));
                case Tag.DECIMAL -> decimal(members.get(1));
                case Tag.UUID -> uuid(members.get(1));
                default -> throw new Garbled("an unknown kind of value");
            };
        } catch (DateTimeException | ArithmeticException | NumberFormatException impossible) {
            throw new Garbled("an impossible value: " + impossible.getMessage());
        } catch (IndexOutOfBoundsException _) {
            throw new Garbled("an incomplete value");
        }
    }

    private static BigDecimal decimal(@Nullable Object digits) {
        if (digits instanceof String text) {
            return new BigDecimal(text);
        }
        throw new Garbled("a decimal is no text");
    }

    private static UUID uuid(@Nullable Object raw) {
        if (raw instanceof byte[] bytes && bytes.length == 16) {
            return new UUID((long) LONG_BIG.get(bytes, 0), (long) LONG_BIG.get(bytes, 8));
        }
        throw new Garbled("a UUID does not have 16 bytes");
    }

    private static long number(List<@Nullable Object> members, int index) {
        if (members.get(index) instanceof Long number) {
            return number;
        }
        throw new Garbled("a number is missing");
    }

    private static ZoneOffset offset(List<@Nullable Object> members, int index) {
        return ZoneOffset.ofTotalSeconds(Math.toIntExact(number(members, index)));
    }

    private static LocalTime time(long micros) {
        return LocalTime.ofNanoOfDay(Math.multiplyExact(micros, 1000));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private double real() {
        need(8);
        at += 8;
        return Double.longBitsToDouble((long) LONG.get(bytes, at - 8));
    }

    private Object big() {
        int count = int32();
        // negated in long: the smallest int has no positive twin
        long digits = Math.abs((long) count);
        if (digits > MAX_DIGITS) {
            throw new Garbled("an integer with more than " + MAX_DIGITS + " digits");
        }
        need((int) digits * 2);
        BigInteger value = BigInteger.ZERO;
        for (int i = (int) digits - 1; i >= 0; i--) {
            int digit = (bytes[at + 2 * i] & 0xFF) | ((bytes[at + 2 * i + 1] & 0xFF) << 8);
            value = value.shiftLeft(DIGIT_BITS).or(BigInteger.valueOf(digit));
        }
        at += (int) digits * 2;
        BigInteger signed = count < 0 ? value.negate() : value;
        return signed.bitLength() < Long.SIZE ? (Object) signed.longValue() : signed;
    }

    /// A size that the remaining bytes can hold: every member takes at least one.
    private int counted(char code) {
        expect(code);
        int count = int32();
        need(count);
        return count;
    }

    private void expect(char code) {
        if (next() != code) {
            throw unexpected("'" + code + "'");
        }
    }

    private int next() {
        need(1);
        // the highest bit marks values that may be referred to again; version 2 has none
        return bytes[at++];
    }

    private int int32() {
        need(4);
        at += 4;
        return (int) INT.get(bytes, at - 4);
    }

    private void need(int count) {
        if (count < 0 || count > end - at) {
            throw new Garbled("a message is cut off");
        }
    }

    private Garbled unexpected(String wanted) {
        return new Garbled(wanted + " was expected at byte " + at);
    }
}
