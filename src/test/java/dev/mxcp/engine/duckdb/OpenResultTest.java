package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.CallContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// R9.2.1: results that stay open and are read piece by piece.
@SuppressWarnings("NullAway.Init") // filled by BeforeEach
class OpenResultTest {
    private final CallContext call = Databases.call();
    private DuckDb database;
    private Session session;

    @BeforeEach
    void open() {
        database = Databases.inMemory();
        session = database.borrow(call);
    }

    @AfterEach
    void close() {
        session.close();
        database.close();
    }

    @Test
    void computes_no_further_than_is_read() {
        OpenResult result =
                opened(
                        "SELECT CASE WHEN i = 5000000 THEN error('far') ELSE i END FROM range(9999999) t(i)");

        assertThat(read(result, 1)).isEqualTo(2048);
        assertThat(read(result, 4000)).isEqualTo(4096);
        assertThatThrownBy(() -> read(result, 9999999))
                .isInstanceOf(DuckDbException.class)
                .hasMessageContaining("far");
    }

    @Test
    void ends_with_the_next_statement_except_for_what_was_fetched() {
        OpenResult result = opened("FROM range(9999)");
        read(result, 1);

        assertThat(Databases.json(session, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");

        assertThatThrownBy(
                        () -> { // what DuckDB had fetched ahead may come first
                            read(result, 1);
                            read(result, 1);
                        })
                .isInstanceOf(DuckDbException.class)
                .hasMessageContaining("another statement");
        session.release(result);
    }

    @Test
    void a_statement_that_changes_rows_has_all_its_effects_at_once() {
        Databases.json(session, "CREATE TABLE t (a INTEGER)");
        OpenResult result = opened("INSERT INTO t SELECT * FROM range(5000) RETURNING a");

        assertThat(Databases.json(session, "SELECT count(*) AS n FROM t"))
                .isEqualTo("[{\"n\":5000}]");
        assertThat(read(result, 9999)).isEqualTo(5000);
    }

    @Test
    void the_last_piece_can_be_had_once_more_as_arrow() {
        OpenResult result = opened("SELECT i, 'text ' || i AS t, [i] AS l FROM range(3000) t(i)");
        read(result, 1);

        ArrowBatch batch = session.arrow(call, result, true, true, true, 1 << 20);

        // the schema and two chunks
        assertThat(batch.starts().byteSize()).isEqualTo(3 * Integer.BYTES);
        assertThat(batch.more()).isFalse();
        assertThat(batch.memory().byteSize()).isGreaterThan(3000 * 8L);
    }

    @Test
    void refuses_writes_where_only_reading_is_allowed() {
        Databases.json(session, "CREATE TABLE t (a INTEGER)");
        for (String write :
                List.of("INSERT INTO t VALUES (1)", "DROP TABLE t", "CREATE VIEW v AS FROM t")) {
            assertThatThrownBy(() -> session.open(call, write, Parameters.none(), true, r -> r))
                    .as(write)
                    .hasMessageContaining("read-only mode");
        }
        session.open(call, "CREATE TEMP TABLE mine (a INTEGER)", Parameters.none(), true, r -> r);
        assertThat(Databases.json(session, "SELECT count(*) AS n FROM t")).isEqualTo("[{\"n\":0}]");
    }

    @Test
    void a_session_can_be_closed_while_a_result_is_open() {
        var sessions = new ArrayList<Session>();
        for (int i = 0; i < 5; i++) {
            Session another = database.borrow(call);
            another.open(call, "FROM range(100000)", Parameters.none(), false, r -> r);
            sessions.add(another);
        }
        sessions.forEach(Session::close);

        assertThat(Databases.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
    }

    private OpenResult opened(String sql) {
        return session.open(call, sql, Parameters.none(), false, result -> result);
    }

    private int read(OpenResult result, long wanted) {
        return session.resume(
                call,
                result,
                open ->
                        open.rows(
                                wanted,
                                () -> false,
                                rows -> {
                                    int count = 0;
                                    while (rows.nextChunk()) {
                                        count += rows.rowCount();
                                    }
                                    return count;
                                }));
    }
}
