package dev.mxcp.cli;

import dev.mxcp.types.json.JsonBuffer;

/// Indents JSON that was encoded before, by two blanks a level (cli C0.6), without decoding it: no
/// digit of a number is lost.
final class JsonFormat {
    private JsonFormat() {}

    /// Appends the document to `out`.
    ///
    /// @param compact valid JSON
    /// @param level how deep the document stands in the text around it
    static void indent(JsonBuffer compact, int level, JsonBuffer out) {
        byte[] bytes = compact.array();
        int size = compact.size();
        int depth = level;
        for (int at = 0; at < size; at++) {
            byte b = bytes[at];
            switch (b) {
                case '"' -> {
                    int end = endOfString(bytes, at);
                    out.raw(bytes, at, end - at);
                    at = end - 1;
                }
                case '{', '[' -> {
                    int next = skipBlanks(bytes, at + 1, size);
                    out.raw((char) b);
                    if (next < size && (bytes[next] == '}' || bytes[next] == ']')) {
                        out.raw((char) bytes[next]);
                        at = next;
                    } else {
                        newLine(out, ++depth);
                    }
                }
                case '}', ']' -> {
                    newLine(out, --depth);
                    out.raw((char) b);
                }
                case ',' -> {
                    out.raw(',');
                    newLine(out, depth);
                }
                case ':' -> out.raw(": ");
                case ' ', '\n', '\r', '\t' -> {}
                default -> out.raw((char) b);
            }
        }
    }

    private static int endOfString(byte[] bytes, int start) {
        int at = start + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int skipBlanks(byte[] bytes, int from, int size) {
        int at = from;
        while (at < size && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    private static void newLine(JsonBuffer out, int depth) {
        out.raw('\n');
        for (int i = 0; i < depth; i++) {
            out.raw("  ");
        }
    }
}
