package dev.mxcp.engine.python;

import java.nio.charset.StandardCharsets;

/// UTF-8 in which a lone surrogate is three bytes, as Python's `surrogatepass` has it: texts that
/// are no Unicode pass unchanged.
final class Utf8 {
    private Utf8() {}

    /// Writes the text; there is room for three bytes a `char`.
    ///
    /// @return the position behind the last byte
    static int encode(String text, byte[] out, int from) {
        int at = from;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | (c >> 6));
                out[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out[at++] = (byte) (0xF0 | (point >> 18));
                out[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                out[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                out[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                out[at++] = (byte) (0xE0 | (c >> 12));
                out[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                out[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        return at;
    }

    /// Whether the bytes are UTF-8 as others have it: no lone surrogates.
    static boolean isValid(byte[] bytes, int from, int length) {
        int end = from + length;
        int at = from;
        while (at < end) {
            int first = bytes[at];
            if (first >= 0) {
                at++;
                continue;
            }
            int more = following(first & 0xFF);
            if (more == 0 || end - at <= more || !isSound(bytes, at, more)) {
                return false;
            }
            at += more + 1;
        }
        return true;
    }

    /// How many bytes follow a first one that is not ASCII; 0 if nothing begins with it.
    private static int following(int first) {
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        return first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    }

    private static boolean isSound(byte[] bytes, int at, int more) {
        for (int i = 1; i <= more; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        return switch (bytes[at] & 0xFF) {
            case 0xE0 -> second >= 0xA0; // longer than need be
            case 0xED -> second < 0xA0; // surrogates
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90; // beyond Unicode
            default -> true;
        };
    }

    /// Reads a text; malformed bytes become the replacement character.
    static String decode(byte[] bytes, int from, int length) {
        var text = new String(bytes, from, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : withSurrogates(bytes, from, length);
    }

    private static String withSurrogates(byte[] bytes, int from, int length) {
        var text = new StringBuilder(length);
        int plain = from;
        int end = from + length;
        for (int at = from; at + 2 < end; at++) {
            if ((bytes[at] & 0xFF) == 0xED
                    && (bytes[at + 1] & 0xE0) == 0xA0
                    && (bytes[at + 2] & 0xC0) == 0x80) {
                text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
                text.append(
                        (char) (0xD000 | ((bytes[at + 1] & 0x3F) << 6) | (bytes[at + 2] & 0x3F)));
                plain = at + 3;
                at += 2;
            }
        }
        return text.append(new String(bytes, plain, end - plain, StandardCharsets.UTF_8))
                .toString();
    }
}
