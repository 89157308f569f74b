package dev.mxcp.engine.duckdb;

import java.util.regex.Pattern;

/// Writes names and texts into SQL so that they stay names and texts.
final class SqlNames {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private SqlNames() {}

    /// A name, quoted unless it is a plain word. Words that SQL reserves are not looked for: where
    /// they matter use [#quoted(String)].
    static String identifier(String name) {
        return PLAIN.matcher(name).matches() ? name : quoted(name);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
