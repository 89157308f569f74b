package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a template into tokens by Jinja2's rules: `-` beside a delimiter takes the white space on
/// its side away, and one line break at the very end of the template is dropped. One use.
final class Lexer {
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}");
    private static final Pattern BEGIN_RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*([-+]?)%}");
    private static final Pattern NUMBER =
            Pattern.compile(
                    "0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\\d[\\d_]*(\\.\\d[\\d_]*)?([eE][+-]?\\d+)?");
    private static final Set<String> DOUBLE_OPERATORS = Set.of("**", "//", "==", "!=", "<=", ">=");
    private static final String OPERATORS = "+-*/%~<>=.:|,;()[]{}";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean strip;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        if (source.endsWith("\n")) {
            source = source.substring(0, source.length() - 1);
        }
        return new Lexer(source).run();
    }

    private List<Token> run() {
        while (at < source.length()) {
            int open = nextDelimiter();
            if (open < 0) {
                text(source.length(), false);
                break;
            }
            boolean stripBefore = source.startsWith("-", open + 2);
            text(open, stripBefore);
            switch (source.charAt(open + 1)) {
                case '#' -> comment();
                case '%' -> block();
                default -> expression(Kind.OUTPUT_BEGIN, Kind.OUTPUT_END, "}}");
            }
        }
        tokens.add(new Token(Kind.END, "", line));
        return tokens;
    }

    private int nextDelimiter() {
        for (int i = at; i + 1 < source.length(); i++) {
            char next = source.charAt(i + 1);
            if (source.charAt(i) == '{' && (next == '{' || next == '%' || next == '#')) {
                return i;
            }
        }
        return -1;
    }

    /// Emits the text up to `end`.
    private void text(int end, boolean stripEnd) {
        String text = source.substring(at, end);
        advance(end);
        if (strip) {
            text = text.stripLeading();
        }
        if (stripEnd) {
            text = text.stripTrailing();
        }
        strip = false;
        if (!text.isEmpty()) {
            tokens.add(new Token(Kind.TEXT, text, line));
        }
    }

    private void comment() {
        int end = source.indexOf("#}", at + 2);
        if (end < 0) {
            throw TemplateException.at(line, "Missing end of comment tag");
        }
        strip = source.charAt(end - 1) == '-';
        advance(end + 2);
    }

    private void block() {
        Matcher raw = BEGIN_RAW.matcher(source).region(at, source.length());
        if (!raw.lookingAt()) {
            expression(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
            return;
        }
        strip = raw.group(1).equals("-");
        advance(raw.end());
        Matcher end = END_RAW.matcher(source).region(at, source.length());
        if (!end.find()) {
            throw TemplateException.at(line, "Missing end of raw directive");
        }
        text(end.start(), end.group(1).equals("-"));
        strip = end.group(2).equals("-");
        advance(end.end());
    }

    private void expression(Kind begin, Kind end, String close) {
        tokens.add(new Token(begin, "", line));
        at += 2;
        if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
            at++;
        }
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            skipBlanks();
            if (at >= source.length()) {
                throw TemplateException.at(line, "unexpected end of template");
            }
            if (open.isEmpty() && closes(close)) {
                tokens.add(new Token(end, close, line));
                return;
            }
            token(open);
        }
    }

    private boolean closes(String close) {
        if (source.startsWith(close, at)) {
            at += 2;
            return true;
        }
        char sign = source.charAt(at);
        if ((sign == '-' || sign == '+') && source.startsWith(close, at + 1)) {
            strip = sign == '-';
            at += 3;
            return true;
        }
        return false;
    }

    private void token(Deque<Character> open) {
        char c = source.charAt(at);
        if (c == '\'' || c == '"') {
            string(c);
        } else if (c >= '0' && c <= '9') {
            number();
        } else if (Character.isUnicodeIdentifierStart(source.codePointAt(at)) || c == '_') {
            name();
        } else {
            operator(c, open);
        }
    }

    private void name() {
        int start = at;
        while (at < source.length() && Character.isUnicodeIdentifierPart(source.codePointAt(at))) {
            at += Character.charCount(source.codePointAt(at));
        }
        tokens.add(new Token(Kind.NAME, source.substring(start, at), line));
    }

    private void number() {
        Matcher number = NUMBER.matcher(source).region(at, source.length());
        if (!number.lookingAt()) {
            throw TemplateException.at(line, "invalid number");
        }
        boolean fraction = number.group(1) != null || number.group(2) != null;
        String text = number.group().replace("_", "");
        tokens.add(new Token(fraction ? Kind.FLOAT : Kind.INTEGER, text, line));
        at = number.end();
    }

    private void operator(char c, Deque<Character> open) {
        String two = at + 2 <= source.length() ? source.substring(at, at + 2) : "";
        String operator = DOUBLE_OPERATORS.contains(two) ? two : String.valueOf(c);
        if (OPERATORS.indexOf(c) < 0 && operator.length() == 1) {
            throw TemplateException.at(line, "unexpected char '" + c + "'");
        }
        switch (c) {
            case '(', '[', '{' -> open.push(c);
            case ')', ']', '}' -> close(c, open);
            default -> {}
        }
        tokens.add(new Token(Kind.OPERATOR, operator, line));
        at += operator.length();
    }

    private void close(char c, Deque<Character> open) {
        char wanted = c == ')' ? '(' : c == ']' ? '[' : '{';
        if (open.isEmpty() || open.pop() != wanted) {
            throw TemplateException.at(line, "unexpected '" + c + "'");
        }
    }

    private void string(char quote) {
        var value = new StringBuilder();
        int i = at + 1;
        while (true) {
            if (i >= source.length()) {
                throw TemplateException.at(line, "unexpected end of a string");
            }
            char c = source.charAt(i);
            if (c == quote) {
                break;
            }
            if (c == '\\' && i + 1 < source.length()) {
                i = escape(i + 1, value);
            } else {
                value.append(c);
                i++;
            }
        }
        tokens.add(new Token(Kind.STRING, value.toString(), line));
        advance(i + 1);
    }

    private int escape(int i, StringBuilder value) {
        char c = source.charAt(i);
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits > 0) {
            if (i + 1 + digits > source.length()) {
                throw TemplateException.at(line, "truncated \\" + c + " escape");
            }
            try {
                value.appendCodePoint(
                        Integer.parseInt(source.substring(i + 1, i + 1 + digits), 16));
            } catch (IllegalArgumentException invalid) {
                throw TemplateException.at(line, "invalid \\" + c + " escape");
            }
            return i + 1 + digits;
        }
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case '0' -> value.append('\0');
            case '\n' -> {}
            case '\\', '\'', '"' -> value.append(c);
            default -> value.append('\\').append(c);
        }
        return i + 1;
    }

    private void skipBlanks() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            advance(at + 1);
        }
    }

    private void advance(int end) {
        for (; at < end; at++) {
            if (source.charAt(at) == '\n') {
                line++;
            }
        }
    }
}
