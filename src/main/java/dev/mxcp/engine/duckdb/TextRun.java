package dev.mxcp.engine.duckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run of one text on a connection: statement by statement, each with its parameters.
final class TextRun {
    /// Folded into the plan when it is made.
    private static final Set<String> FOLDED = Set.of("getvariable", "current_setting");

    private final Connection connection;
    private final KnownText known;
    private final SqlText text;
    private final Assignment values;
    private final Stop stop;
    private final RunningStatement running;

    TextRun(
            Connection connection,
            KnownText known,
            Assignment values,
            Stop stop,
            RunningStatement running) {
        this.connection = connection;
        this.known = known;
        this.text = known.text();
        this.values = values;
        this.stop = stop;
        this.running = running;
    }

    <T extends @Nullable Object> T run(ResultReader<T> reader) {
        List<SqlText.Statement> statements = text.statements();
        if (text.source().indexOf('\0') >= 0) {
            throw DuckDbException.of(
                    DuckDbException.Kind.PARSER, "the text contains a character with the code 0");
        }
        return switch (statements.size()) {
            case 0 -> reader.read(QueryResult.empty(connection.api()));
            case 1 ->
                    atItsPlace(statements.getFirst(), () -> single(statements.getFirst(), reader));
            default -> several(statements, reader);
        };
    }

    private <T extends @Nullable Object> T single(
            SqlText.Statement statement, ResultReader<T> reader) {
        String sql = text.of(statement);
        Instance instance = connection.instance();
        long version = instance.schemaVersion();
        boolean cacheable =
                !known.needsCaller()
                        && !connection.state().holdsAnything()
                        && !text.mentions(FOLDED);
        if (!cacheable) {
            return once(sql, statement, reader);
        }
        PreparedStatement kept = connection.cache().get(sql, version);
        if (kept == null) {
            // with the functions defined, a view may use them without the text saying so
            if (connection.hasCallerFunctions() || instance.readsOutside(connection, text)) {
                return once(sql, statement, reader);
            }
            kept = prepare(sql);
            if (!keeps(kept.type())
                    || connection.hasCallerFunctions()
                    || running.calledInPlanning()) {
                try (PreparedStatement owned = kept) {
                    return execute(owned, statement, reader);
                }
            }
            connection.cache().put(sql, kept);
        }
        return execute(kept, statement, reader);
    }

    /// Errors of a statement are shown at its lines of the whole text.
    private <T extends @Nullable Object> T atItsPlace(
            SqlText.Statement statement, NativeThreads.Work<T> work) {
        try {
            return work.run();
        } catch (DuckDbException failure) {
            throw failure.below(text.linesBefore(statement));
        }
    }

    private static boolean keeps(StatementType type) {
        return type == StatementType.SELECT || type == StatementType.CHANGE;
    }

    private <T extends @Nullable Object> T once(
            String sql, SqlText.Statement statement, ResultReader<T> reader) {
        try (var prepared = prepare(sql)) {
            return execute(prepared, statement, reader);
        }
    }

    /// A text may turn out to use a function about the caller through a view (R6.3).
    private PreparedStatement prepare(String sql) {
        running.planning(true);
        try {
            return PreparedStatement.of(connection.api(), connection.handle(), sql);
        } catch (DuckDbException failure) {
            if (!CallerFunctions.undefined(failure)) {
                throw failure;
            }
            known.foundToNeedCaller();
            connection.redefineCaller(running.call());
            return PreparedStatement.of(connection.api(), connection.handle(), sql);
        } finally {
            running.planning(false);
        }
    }

    /// All of the text must parse before any of it runs. Each statement is then prepared from its
    /// own place in the text, because DuckDB shows the place of an error only for a text; where
    /// DuckDB counts the statements otherwise (some PRAGMAs become several), from DuckDB's own
    /// parts.
    private <T extends @Nullable Object> T several(
            List<SqlText.Statement> statements, ResultReader<T> reader) {
        try (var arena = Arena.ofConfined()) {
            CApi api = connection.api();
            MemorySegment extracted = Memory.word(arena);
            long count =
                    api.statements()
                            .extractStatements(
                                    connection.handle(),
                                    arena.allocateFrom(text.source()),
                                    extracted);
            try {
                String error = api.statements().extractStatementsError(Memory.read(extracted));
                if (!error.isEmpty()) {
                    throw DuckDbException.of(error);
                }
                return count == statements.size()
                        ? inTurn(statements, reader)
                        : extracted(Memory.read(extracted), count, reader);
            } finally {
                api.statements().destroyExtracted(extracted);
            }
        }
    }

    private <T extends @Nullable Object> T inTurn(
            List<SqlText.Statement> statements, ResultReader<T> reader) {
        for (SqlText.Statement statement : statements.subList(0, statements.size() - 1)) {
            atItsPlace(statement, () -> once(text.of(statement), statement, TextRun::ignored));
        }
        SqlText.Statement last = statements.getLast();
        return atItsPlace(last, () -> once(text.of(last), last, reader));
    }

    private <T extends @Nullable Object> T extracted(
            long extracted, long count, ResultReader<T> reader) {
        SqlText.Statement unknown = text.statements().getFirst();
        for (long index = 0; index + 1 < count; index++) {
            extracted(extracted, index, unknown, TextRun::ignored);
        }
        if (count == 0) {
            return reader.read(QueryResult.empty(connection.api()));
        }
        return extracted(extracted, count - 1, unknown, reader);
    }

    private <T extends @Nullable Object> T extracted(
            long extracted, long index, SqlText.Statement statement, ResultReader<T> reader) {
        try (var prepared =
                PreparedStatement.ofExtracted(
                        connection.api(), connection.handle(), extracted, index)) {
            return execute(prepared, statement, reader);
        }
    }

    private <T extends @Nullable Object> T execute(
            PreparedStatement prepared, SqlText.Statement statement, ResultReader<T> reader) {
        stop.check();
        connection.refuseWrite(prepared.type(), statement);
        running.next();
        prepared.bind(values);
        boolean done = false;
        try {
            T value = connection.execute(prepared, reader, stop);
            done = true;
            return value;
        } finally {
            prepared.clear();
            executed(prepared.type(), statement, done);
        }
    }

    /// Also after a failure: it may be the reader that failed. Only a transaction has not begun
    /// when its beginning failed.
    private void executed(StatementType type, SqlText.Statement statement, boolean done) {
        if (done || !SessionState.begins(type, statement)) {
            connection.state().executed(type, statement);
        }
        if (type == StatementType.SCHEMA && !SessionState.isTemporary(statement)) {
            connection.instance().schemaChanged();
        }
    }

    private static Boolean ignored(QueryResult result) {
        Connection.drain(result);
        return true;
    }
}
