package dev.mxcp.types.json;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Compact JSON as UTF-8 in a growing byte array. The writer of a value places commas and names
/// itself: this class only encodes. Not for use by several threads; may be reused after [#clear()].
public final class JsonBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// What follows the backslash where a byte below 128 must be escaped, else 0.
    private static final byte[] ESCAPES = escapes();

    private static final int ESCAPE_BLOCK = 4096;
    private static final int LONGEST_ESCAPE = 6;

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final double MAX_EXACT = 1e15;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int size;

    public JsonBuffer() {
        this(512);
    }

    public JsonBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /// The array behind the buffer; only the first [#size()] bytes count, and only until the next
    /// write.
    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public void clear() {
        size = 0;
    }

    /// Forgets what was written after the first `newSize` bytes.
    public void truncate(int newSize) {
        size = newSize;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /// The written text.
    public String text() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    /// Makes room for what is about to be written, where its size is known.
    public JsonBuffer reserve(int more) {
        room(more);
        return this;
    }

    /// One byte as it is: punctuation.
    public JsonBuffer raw(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /// Bytes as they are: JSON that was encoded before.
    public JsonBuffer raw(byte[] encoded) {
        return raw(encoded, 0, encoded.length);
    }

    public JsonBuffer raw(byte[] encoded, int from, int length) {
        room(length);
        System.arraycopy(encoded, from, bytes, size, length);
        size += length;
        return this;
    }

    public JsonBuffer raw(JsonBuffer other) {
        return raw(other.bytes, 0, other.size);
    }

    /// ASCII text as it is: JSON that was encoded before.
    @SuppressWarnings("deprecation") // the fast way to copy what is known to be ASCII
    public JsonBuffer raw(String ascii) {
        int length = ascii.length();
        room(length);
        ascii.getBytes(0, length, bytes, size);
        size += length;
        return this;
    }

    public JsonBuffer nullValue() {
        return raw(NULL);
    }

    public JsonBuffer value(boolean value) {
        return raw(value ? TRUE : FALSE);
    }

    public JsonBuffer value(long value) {
        room(20);
        if (value == Long.MIN_VALUE) {
            return raw("-9223372036854775808");
        }
        long rest = value;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long bound = 10; digits < 19 && rest >= bound; bound *= 10) {
            digits++;
        }
        int end = size + digits;
        for (int at = end - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size = end;
        return this;
    }

    /// Not-a-number and the infinities become null: JSON has no word for them (O4).
    public JsonBuffer value(double value) {
        if (!Double.isFinite(value)) {
            return nullValue();
        }
        double magnitude = Math.abs(value);
        if ((magnitude >= 1e-3 && magnitude < 1e13) || (magnitude == 0 && 1 / value > 0)) {
            double scale = 1;
            for (int decimals = 0; decimals < 7; decimals++, scale *= 10) {
                double scaled = Math.rint(magnitude * scale);
                if (scaled >= MAX_EXACT) {
                    break;
                }
                // At most 15 digits, and the division of two exact numbers is rounded correctly: if
                // it gives the value back, these digits are its shortest decimal form.
                if (scaled / scale == magnitude) {
                    return decimal(value < 0, (long) scaled, decimals, (long) scale);
                }
            }
        }
        return raw(Double.toString(value));
    }

    private JsonBuffer decimal(boolean negative, long digits, int decimals, long scale) {
        if (negative) {
            raw('-');
        }
        if (decimals == 0) {
            return value(digits).raw('.').raw('0');
        }
        value(digits / scale).raw('.');
        long fraction = digits % scale;
        room(decimals);
        for (int at = size + decimals - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        size += decimals;
        return this;
    }

    public JsonBuffer value(float value) {
        return Float.isFinite(value) ? raw(Float.toString(value)) : nullValue();
    }

    /// A string with its quotes.
    public JsonBuffer value(String text) {
        int length = text.length();
        room(length + 2);
        bytes[size++] = '"';
        escape(text, length);
        return raw('"');
    }

    /// UTF-8 bytes as a string with its quotes. The bytes are not checked.
    public JsonBuffer utf8Value(byte[] utf8, int from, int length) {
        room(length + 2);
        bytes[size++] = '"';
        escapeUtf8(utf8, from, length);
        return raw('"');
    }

    /// UTF-8 bytes outside the heap as a string with its quotes. The bytes are not checked.
    public JsonBuffer utf8Value(MemorySegment memory, long from, int length) {
        room(length + 2);
        bytes[size] = '"';
        int start = size + 1;
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, from, bytes, start, length);
        for (int at = start; at < start + length; at++) {
            byte b = bytes[at];
            if (b >= 0 && (b < 0x20 || b == '"' || b == '\\')) {
                byte[] rest = Arrays.copyOfRange(bytes, at, start + length);
                size = at;
                escapeUtf8(rest, 0, rest.length);
                return raw('"');
            }
        }
        size = start + length;
        bytes[size++] = '"';
        return this;
    }

    /// What another buffer holds, as a string with its quotes.
    public JsonBuffer stringOf(JsonBuffer other) {
        return utf8Value(other.bytes, 0, other.size);
    }

    /// A member name with its quotes and colon.
    public JsonBuffer name(String name) {
        return value(name).raw(':');
    }

    /// Any plain value: null, text, numbers, booleans, dates and times, UUIDs, bytes, [Interval],
    /// lists and maps of these (map keys by their text). Anything else is written as its text.
    public JsonBuffer any(@Nullable Object value) {
        switch (value) {
            case null -> nullValue();
            case String text -> value(text);
            case Boolean truth -> value(truth.booleanValue());
            case Integer number -> value(number.longValue());
            case Long number -> value(number.longValue());
            case Double number -> value(number.doubleValue());
            case Float number -> value(number.floatValue());
            case Short number -> value(number.longValue());
            case Byte number -> value(number.longValue());
            case BigInteger number -> raw(number.toString());
            case BigDecimal number -> raw(number.toPlainString());
            case Map<?, ?> map -> map(map);
            case List<?> list -> list(list);
            case LocalDate date -> quoted(Iso.text(date));
            case LocalDateTime time -> quoted(Iso.text(time));
            case LocalTime time -> quoted(Iso.text(time));
            case OffsetDateTime time -> quoted(Iso.text(time));
            case OffsetTime time -> quoted(Iso.text(time));
            case Interval interval -> quoted(interval.isoText());
            case UUID uuid -> quoted(uuid.toString());
            case byte[] blob -> value(Blobs.text(blob));
            default -> value(value.toString());
        }
        return this;
    }

    private JsonBuffer quoted(String ascii) {
        return raw('"').raw(ascii).raw('"');
    }

    private void map(Map<?, ?> map) {
        raw('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                raw(',');
            }
            first = false;
            name(String.valueOf(entry.getKey()));
            any(entry.getValue());
        }
        raw('}');
    }

    private void list(List<?> list) {
        raw('[');
        boolean first = true;
        for (Object item : list) {
            if (!first) {
                raw(',');
            }
            first = false;
            any(item);
        }
        raw(']');
    }

    private void escape(String text, int length) {
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                if (size == bytes.length) {
                    room(length - i);
                }
                bytes[size++] = (byte) c;
            } else if (c < 0x80) {
                control((byte) c);
            } else if (c < 0x800) {
                room(2);
                bytes[size++] = (byte) (0xC0 | (c >> 6));
                bytes[size++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                room(4);
                bytes[size++] = (byte) (0xF0 | (point >> 18));
                bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                bytes[size++] = (byte) (0x80 | (point & 0x3F));
            } else {
                // a lone surrogate has no UTF-8 form
                char shown = Character.isSurrogate(c) ? '\uFFFD' : c;
                room(3);
                bytes[size++] = (byte) (0xE0 | (shown >> 12));
                bytes[size++] = (byte) (0x80 | ((shown >> 6) & 0x3F));
                bytes[size++] = (byte) (0x80 | (shown & 0x3F));
            }
        }
    }

    private void escapeUtf8(byte[] utf8, int from, int length) {
        int end = from + length;
        for (int start = from; start < end; start += ESCAPE_BLOCK) {
            int stop = Math.min(end, start + ESCAPE_BLOCK);
            // room for the worst case, so that the loop has nothing to ask
            room((stop - start) * LONGEST_ESCAPE);
            int at = size;
            for (int i = start; i < stop; i++) {
                byte b = utf8[i];
                if (b < 0 || ESCAPES[b] == 0) {
                    bytes[at++] = b;
                } else {
                    at = escaped(b, at);
                }
            }
            size = at;
        }
    }

    private int escaped(byte b, int at) {
        bytes[at] = '\\';
        bytes[at + 1] = ESCAPES[b];
        if (ESCAPES[b] != 'u') {
            return at + 2;
        }
        bytes[at + 2] = '0';
        bytes[at + 3] = '0';
        bytes[at + 4] = HEX[(b >> 4) & 0xF];
        bytes[at + 5] = HEX[b & 0xF];
        return at + LONGEST_ESCAPE;
    }

    private void control(byte b) {
        room(LONGEST_ESCAPE);
        size = escaped(b, size);
    }

    private static byte[] escapes() {
        var letters = new byte[128];
        Arrays.fill(letters, 0, 0x20, (byte) 'u');
        letters['"'] = '"';
        letters['\\'] = '\\';
        letters['\n'] = 'n';
        letters['\r'] = 'r';
        letters['\t'] = 't';
        letters['\b'] = 'b';
        letters['\f'] = 'f';
        return letters;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            long wanted = Math.max((long) size + more, bytes.length * 2L);
            if ((long) size + more > MAX_BYTES) {
                throw new IllegalStateException("a JSON text of more than 2 GiB cannot be built");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MAX_BYTES));
        }
    }
}
