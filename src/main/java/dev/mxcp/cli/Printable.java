package dev.mxcp.cli;

/// Text that came from a project, a database or a caller, made harmless for a terminal: control
/// characters are shown, not obeyed.
public final class Printable {
    private Printable() {}

    /// Keeps line breaks and tabs.
    public static String lines(String text) {
        return escaped(text, true);
    }

    /// One line: line breaks and tabs are shown as `\n`, `\t`.
    public static String line(String text) {
        return escaped(text, false);
    }

    private static String escaped(String text, boolean keepLines) {
        int length = text.length();
        int at = 0;
        while (at < length && harmless(text.charAt(at), keepLines)) {
            at++;
        }
        if (at == length) {
            return text;
        }
        var shown = new StringBuilder(length + 16).append(text, 0, at);
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (harmless(c, keepLines)) {
                shown.append(c);
            } else {
                append(shown, c);
            }
        }
        return shown.toString();
    }

    private static boolean harmless(char c, boolean keepLines) {
        if (c == '\n' || c == '\t') {
            return keepLines;
        }
        // C0, DEL, C1, line separators, and the marks that turn the direction of text around
        return c >= 0x20
                && (c < 0x7F || c > 0x9F)
                && (c < '\u2028' || c > '\u202E')
                && (c < '\u2066' || c > '\u2069');
    }

    private static void append(StringBuilder shown, char c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> shown.append("\\u%04x".formatted((int) c));
        }
    }
}
