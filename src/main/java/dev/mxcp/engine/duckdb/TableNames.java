package dev.mxcp.engine.duckdb;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;

/// The tables and views that a text of SQL names, found by DuckDB's own parser and binder without
/// running or planning anything; names that a `WITH` makes are none. For the thread that has the
/// connection.
final class TableNames {
    private static final Set<String> BEFORE_A_TABLE = Set.of("from", "join", "into", "update");

    private TableNames() {}

    /// The bare names as they are written; of a text that is not SQL, none.
    static SequencedSet<String> of(Connection connection, SqlText text) {
        var names = new LinkedHashSet<String>();
        for (SqlText.Statement statement : text.statements()) {
            String sql = text.of(statement);
            List<SqlToken> tokens = new SqlLexer(sql).tokens();
            if (!asked(connection, withoutParameters(sql, tokens), names)
                    && parses(connection, sql)) {
                addByWords(tokens, names);
            }
        }
        return names;
    }

    /// DuckDB gives no names of a statement with parameters.
    private static String withoutParameters(String sql, List<SqlToken> tokens) {
        var text = new StringBuilder();
        int done = 0;
        for (SqlToken token : tokens) {
            if (token.kind() == SqlToken.Kind.PARAMETER || token.kind() == SqlToken.Kind.QUESTION) {
                text.append(sql, done, token.start()).append("NULL");
                done = token.end();
            }
        }
        return text.append(sql, done, sql.length()).toString();
    }

    /// Asks DuckDB, which knows it of queries. Of others it may know nothing, or only what they
    /// read.
    private static boolean asked(Connection connection, String sql, SequencedSet<String> names) {
        CApi api = connection.api();
        try (var arena = Arena.ofConfined()) {
            long list =
                    api.statements()
                            .getTableNames(connection.handle(), arena.allocateFrom(sql), false);
            if (list == 0) {
                return false;
            }
            long size = api.values().getListSize(list);
            for (long index = 0; index < size; index++) {
                long name = api.values().getListChild(list, index);
                names.add(api.taken(api.values().getVarchar(name)));
                api.destroyValue(name);
            }
            api.destroyValue(list);
            return size > 0;
        }
    }

    private static boolean parses(Connection connection, String sql) {
        CApi api = connection.api();
        try (var arena = Arena.ofConfined()) {
            var extracted = Memory.word(arena);
            api.statements()
                    .extractStatements(connection.handle(), arena.allocateFrom(sql), extracted);
            String error = api.statements().extractStatementsError(Memory.read(extracted));
            api.statements().destroyExtracted(extracted);
            return error.isEmpty();
        }
    }

    /// The names behind the words that a table follows.
    private static void addByWords(List<SqlToken> tokens, SequencedSet<String> names) {
        var found = new ArrayList<String>();
        var made = new LinkedHashSet<String>();
        for (int at = 0; at < tokens.size(); at++) {
            SqlToken token = tokens.get(at);
            if (token.isName() && is(tokens, at + 1, "as") && is(tokens, at + 2, "(")) {
                made.add(token.text().toLowerCase(Locale.ROOT));
            }
            if (token.kind() == SqlToken.Kind.WORD
                    && BEFORE_A_TABLE.contains(token.text().toLowerCase(Locale.ROOT))) {
                int last = at + 1;
                while (is(tokens, last + 1, ".")) {
                    last += 2; // the last part of a.b.c
                }
                if (last < tokens.size()
                        && tokens.get(last).isName()
                        && !is(tokens, last, "select")
                        && (!is(tokens, last + 1, "(") || is(tokens, at, "into"))) {
                    found.add(tokens.get(last).text());
                }
            }
        }
        found.removeIf(name -> made.contains(name.toLowerCase(Locale.ROOT)));
        names.addAll(found);
    }

    private static boolean is(List<SqlToken> tokens, int at, String word) {
        return at < tokens.size() && (tokens.get(at).isWord(word) || tokens.get(at).is(word));
    }
}
