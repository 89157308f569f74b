package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.duckdb.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/// Splits SQL into tokens by the rules of DuckDB: strings, `E''` strings, dollar quotes, quoted
/// names, nested comments, parameters. For one use.
final class SqlLexer {
    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;

    SqlLexer(String sql) {
        this.sql = sql;
    }

    List<SqlToken> tokens() {
        while (at < sql.length()) {
            next();
        }
        return tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        int start = at;
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            at++;
        } else if (c == '-' && peek(1) == '-') {
            lineComment();
        } else if (c == '/' && peek(1) == '*') {
            blockComment();
        } else if (c == '\'') {
            quoted('\'', false);
            add(Kind.STRING, "", start);
        } else if ((c == 'e' || c == 'E') && peek(1) == '\'') {
            at++;
            quoted('\'', true);
            add(Kind.STRING, "", start);
        } else if (c == '"') {
            quoted('"', false);
            add(Kind.QUOTED_NAME, unquoted(start), start);
        } else if (c == '$') {
            dollar();
        } else if (isWordStart(c)) {
            skipWord();
            add(Kind.WORD, sql.substring(start, at), start);
        } else if (isDigit(c)) {
            number();
        } else {
            at++;
            Kind kind = c == ';' ? Kind.SEMICOLON : c == '?' ? Kind.QUESTION : Kind.OTHER;
            add(kind, String.valueOf(c), start);
        }
    }

    private void add(Kind kind, String text, int start) {
        tokens.add(new SqlToken(kind, text, start, at));
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
    }

    private void lineComment() {
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at++;
        }
    }

    private void blockComment() {
        int depth = 0;
        do {
            if (peek(0) == '/' && peek(1) == '*') {
                depth++;
                at += 2;
            } else if (peek(0) == '*' && peek(1) == '/') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    /// To behind the closing quote; a doubled quote does not close.
    private void quoted(char quote, boolean backslashes) {
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (backslashes && c == '\\') {
                at += 2;
            } else if (c != quote) {
                at++;
            } else if (peek(1) == quote) {
                at += 2;
            } else {
                at++;
                return;
            }
        }
        at = sql.length();
    }

    private String unquoted(int start) {
        int end = Math.max(start + 1, at - 1);
        return sql.substring(start + 1, end).replace("\"\"", "\"");
    }

    /// `$1`, `$name`, `$$text$$` or `$tag$text$tag$`.
    private void dollar() {
        int start = at++;
        if (isDigit(peek(0))) {
            while (isDigit(peek(0))) {
                at++;
            }
            add(Kind.PARAMETER, sql.substring(start + 1, at), start);
            return;
        }
        while (isTagPart(peek(0))) {
            at++;
        }
        if (peek(0) == '$') {
            at++;
            int close = sql.indexOf(sql.substring(start, at), at);
            at = close < 0 ? sql.length() : close + at - start;
            add(Kind.STRING, "", start);
        } else if (at > start + 1) {
            add(Kind.PARAMETER, sql.substring(start + 1, at), start);
        } else {
            spacedParameter(start);
        }
    }

    /// DuckDB takes `$ name` for a parameter.
    private void spacedParameter(int start) {
        int word = at;
        while (Character.isWhitespace(peek(word - at))) {
            word++;
        }
        if (word > at && isWordStart(peek(word - at))) {
            at = word;
            skipWord();
            add(Kind.PARAMETER, sql.substring(word, at), start);
        } else {
            add(Kind.OTHER, "$", start);
        }
    }

    private void number() {
        int start = at;
        while (isDigit(peek(0)) || peek(0) == '_' || Character.isLetter(peek(0))) {
            at++;
        }
        add(Kind.NUMBER, sql.substring(start, at), start);
    }

    private void skipWord() {
        while (isTagPart(peek(0)) || peek(0) == '$') {
            at++;
        }
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isTagPart(char c) {
        return isWordStart(c) || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
