package dev.mxcp.types;

/// The formats of strings that stay strings (T7).
final class TextFormats {
    private TextFormats() {}

    /// Begins like `[^@]+@[^@]+\.[^@]+`.
    static boolean isEmail(String text) {
        int at = text.indexOf('@');
        if (at < 1) {
            return false;
        }
        int end = text.indexOf('@', at + 1);
        if (end < 0) {
            end = text.length();
        }
        int dot = text.lastIndexOf('.', end - 2);
        return dot > at + 1;
    }

    /// `^[a-zA-Z][a-zA-Z0-9+.-]*:.*$`
    static boolean isUri(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || !isLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < colon; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '+' && c != '.' && c != '-') {
                return false;
            }
        }
        int newLine = text.indexOf('\n');
        return newLine < 0 || newLine == text.length() - 1;
    }

    /// `^P(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$`
    static boolean isDuration(String text) {
        return duration(text, false);
    }

    /// As [#isDuration], and with what spans of time of results may have beside: a sign before each
    /// part, a fraction of a second.
    static boolean isWrittenDuration(String text) {
        return duration(text, true);
    }

    private static boolean duration(String text, boolean wide) {
        if (!text.startsWith("P")) {
            return false;
        }
        int at = parts(text, 1, "YMD", wide);
        if (at < text.length() && text.charAt(at) == 'T') {
            at = parts(text, at + 1, "HMS", wide);
        }
        return at == text.length();
    }

    /// Skips numbers with units, each unit at most once and in order.
    private static int parts(String text, int from, String units, boolean wide) {
        int at = from;
        int unit = 0;
        while (at < text.length()) {
            int end = at;
            if (wide && text.charAt(end) == '-') {
                end++;
            }
            int digits = end;
            end = skipDigits(text, end);
            boolean fraction = wide && end > digits && end < text.length() && dot(text, end);
            if (fraction) {
                end = skipDigits(text, end + 1);
            }
            if (end == digits || end == text.length()) {
                return at;
            }
            int found = units.indexOf(text.charAt(end), unit);
            if (found < 0 || (fraction && text.charAt(end) != 'S')) {
                return at;
            }
            unit = found + 1;
            at = end + 1;
        }
        return at;
    }

    private static boolean dot(String text, int at) {
        return text.charAt(at) == '.';
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
