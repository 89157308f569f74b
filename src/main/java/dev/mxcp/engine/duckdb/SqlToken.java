package dev.mxcp.engine.duckdb;

/// One token of SQL.
///
/// @param text a word or operator as written, a quoted name or parameter without its marks; empty
///   for strings
/// @param start of its first character
/// @param end behind its last character
record SqlToken(Kind kind, String text, int start, int end) {

    /// What a token is.
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        /// `$name` or `$1`
        PARAMETER,
        /// `?`
        QUESTION,
        SEMICOLON,
        /// One character of anything else.
        OTHER
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    boolean isWord(String lowerCase) {
        return kind == Kind.WORD && text.equalsIgnoreCase(lowerCase);
    }

    boolean is(String symbol) {
        return kind == Kind.OTHER && text.equals(symbol);
    }
}
