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
