package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.DuckDb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SequencedSet;

/// Tells which tables a text of SQL names without opening a project's database, which another
/// process may hold: by an empty one of its own.
public final class SqlTables implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final DuckDb duckdb;

    private SqlTables(DuckDb duckdb) {
        this.duckdb = duckdb;
    }

    /// Opens the empty database, in memory.
    public static SqlTables open() {
        Path nowhere = Path.of(":memory:");
        return new SqlTables(
                DuckDb.open(
                        new DuckDb.Config(
                                nowhere,
                                false,
                                List.of(),
                                List.of(),
                                1,
                                1,
                                WAIT,
                                Path.of("").toAbsolutePath(),
                                Installation.locate().cache())));
    }

    /// The tables and views that a text names, without schema, as they are written; of a statement
    /// that DuckDB cannot look at, none.
    public SequencedSet<String> of(String sql) {
        return duckdb.tableNames(sql);
    }

    @Override
    public void close() {
        duckdb.close();
    }
}
