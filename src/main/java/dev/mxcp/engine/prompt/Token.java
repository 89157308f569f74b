package dev.mxcp.engine.prompt;

/// A piece of a template.
///
/// @param text the text, the name, the operator, or the value of a string literal
/// @param line where it stands, from 1
record Token(Kind kind, String text, int line) {
    enum Kind {
        /// Text outside of all braces.
        TEXT,
        /// `{{`
        OUTPUT_BEGIN,
        /// `}}`
        OUTPUT_END,
        /// `{%`
        BLOCK_BEGIN,
        /// `%}`
        BLOCK_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    boolean operator(String wanted) {
        return is(Kind.OPERATOR, wanted);
    }

    boolean name(String wanted) {
        return is(Kind.NAME, wanted);
    }

    /// The token as messages show it.
    String shown() {
        return switch (kind) {
            case TEXT -> "template text";
            case OUTPUT_END -> "'}}'";
            case BLOCK_END -> "end of statement block";
            case END -> "end of template";
            default -> "'" + text + "'";
        };
    }
}
