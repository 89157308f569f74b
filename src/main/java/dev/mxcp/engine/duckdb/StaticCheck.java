package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.duckdb.DuckDbException.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks at a text without running it: all of it must parse, and each statement that DuckDB can
/// prepare is prepared and bound, unless it may need what an earlier one creates.
final class StaticCheck {
    private static final Set<String> PREPARABLE =
            Set.of(
                    "select",
                    "from",
                    "with",
                    "values",
                    "table",
                    "(",
                    "insert",
                    "update",
                    "delete",
                    "merge",
                    "truncate",
                    "copy",
                    "show",
                    "describe",
                    "summarize",
                    "unpivot");

    private final Connection connection;
    private final SqlText text;
    private final SampleValues samples;
    private final RunningStatement looking;
    private boolean earlierChanges;
    private @Nullable List<Column> columns;

    StaticCheck(Connection connection, SqlText text, SampleValues samples, CallContext call) {
        this.connection = connection;
        this.text = text;
        this.samples = samples;
        this.looking = new RunningStatement(call, false);
    }

    Prepared run() {
        return connection.running(looking, () -> look(true));
    }

    /// Looks at the grammar only.
    Prepared parseOnly() {
        return connection.running(looking, () -> look(false));
    }

    private Prepared look(boolean prepare) {
        DuckDbException failure = null;
        try {
            parse();
            if (prepare) {
                text.statements().forEach(this::prepare);
            }
        } catch (DuckDbException refused) {
            failure = refused;
        }
        return new Prepared(
                List.copyOf(text.parameterNames()),
                text.positional(),
                failure == null ? columns : null,
                failure);
    }

    private void parse() {
        CApi api = connection.api();
        if (text.source().indexOf('\0') >= 0) {
            throw DuckDbException.of(Kind.PARSER, "the text contains a character with the code 0");
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment extracted = Memory.word(arena);
            MemorySegment sql = arena.allocateFrom(text.source());
            api.statements().extractStatements(connection.handle(), sql, extracted);
            String error = api.statements().extractStatementsError(Memory.read(extracted));
            api.statements().destroyExtracted(extracted);
            if (!error.isEmpty()) {
                throw DuckDbException.of(error);
            }
        }
    }

    private void prepare(SqlText.Statement statement) {
        columns = null;
        if (!PREPARABLE.contains(statement.keyword())) {
            earlierChanges = true;
            return;
        }
        looking.planning(true);
        String sql = text.of(statement);
        try (var prepared = PreparedStatement.of(connection.api(), connection.handle(), sql)) {
            List<Column> known = prepared.columns();
            columns = known.stream().anyMatch(StaticCheck::unknown) ? null : known;
            if (!prepared.parameterNames().isEmpty()) {
                bind(sql, prepared);
            }
        } catch (DuckDbException refused) {
            if (looking.calledInPlanning()) {
                earlierChanges =
                        true; // the plan needs the value of a function, and so would theirs
                return;
            }
            boolean missing = refused.kind() == Kind.CATALOG || refused.kind() == Kind.BINDER;
            if (!earlierChanges || !missing) {
                throw refused.below(text.linesBefore(statement));
            }
        }
    }

    private void bind(String sql, PreparedStatement prepared) {
        List<Column> bound =
                new TypedBinding(connection, samples)
                        .bind(
                                sql,
                                prepared.parameterNames(),
                                prepared.type() == StatementType.SELECT,
                                columns == null);
        columns = columns == null ? bound : columns;
    }

    private static boolean unknown(Column column) {
        return column.type().equals(DuckType.of(DuckType.Kind.UNKNOWN));
    }
}
