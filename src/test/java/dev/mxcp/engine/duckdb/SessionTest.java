package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.problem.MxcpException.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Q2, Q3, R3.3, R3.6, R3.8: statements, what they leave, and what fails.
class SessionTest {
    private DuckDb database;

    @BeforeEach
    void open() {
        database = DuckDb.open(Databases.config(Path.of(Instance.IN_MEMORY), false, 3));
        Databases.json(database, "CREATE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void statements_give_rows_a_count_or_nothing() {
        assertThat(json("INSERT INTO t VALUES (1, 'x'), (2, 'y')")).isEqualTo("[{\"Count\":2}]");
        assertThat(json("UPDATE t SET b = 'z' WHERE a = 1")).isEqualTo("[{\"Count\":1}]");
        assertThat(json("UPDATE t SET b = 'w' WHERE a = 1 RETURNING a, b"))
                .isEqualTo("[{\"a\":1,\"b\":\"w\"}]");
        assertThat(json("DELETE FROM t WHERE a = 2;")).isEqualTo("[{\"Count\":1}]");
        assertThat(json("CREATE TABLE u AS SELECT 1 AS a")).isEqualTo("[{\"Count\":1}]");
        assertThat(
                        json(
                                "MERGE INTO u USING (SELECT 1 AS a) s ON u.a = s.a WHEN MATCHED THEN DELETE"))
                .isEqualTo("[{\"Count\":1}]");
        assertThat(json("TRUNCATE t")).isEqualTo("[{\"Count\":1}]");
        for (String silent :
                List.of(
                        "CREATE TABLE v (a INTEGER)",
                        "DROP TABLE v",
                        "SET threads = 2",
                        "VACUUM",
                        "CHECKPOINT",
                        "ANALYZE",
                        "BEGIN")) {
            assertThat(json(silent)).as(silent).isEqualTo("[]");
        }
        assertThat(json("FROM range(2)")).isEqualTo("[{\"range\":0},{\"range\":1}]");
        assertThat(json("VALUES (1)")).isEqualTo("[{\"col0\":1}]");
        assertThat(json("SELECT 1 WHERE false")).isEqualTo("[]");
        assertThat(json("PRAGMA table_info('t')")).contains("\"name\":\"a\"");
        assertThat(json("DESCRIBE t")).contains("\"column_name\":\"a\"");
        assertThat(json("EXPLAIN SELECT 1")).contains("explain_key");
        assertThat(json("SHOW TABLES")).contains("\"name\":\"t\"");
        assertThat(json("SUMMARIZE t")).contains("\"column_name\":\"a\"");
    }

    /// What one client never takes back leaves something to the others.
    @Test
    void one_client_session_cannot_take_all_sessions() {
        database.close();
        var config = Databases.config(Path.of(Instance.IN_MEMORY), false, 3);
        database =
                DuckDb.open(
                        new DuckDb.Config(
                                config.file(),
                                false,
                                List.of(),
                                List.of(),
                                3,
                                2,
                                Duration.ofMillis(300),
                                config.fileSearchPath(),
                                config.nativeCache()));
        try (Session _ = database.borrow(Databases.call("greedy"))) {
            refuseAThirdOfTwo();
            try (Session again = database.borrow(Databases.call("greedy"))) {
                assertThat(Databases.json(again, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
            }
        }
    }

    private void refuseAThirdOfTwo() {
        try (Session _ = database.borrow(Databases.call("greedy"))) {
            assertThatThrownBy(() -> database.borrow(Databases.call("greedy")))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("2 database sessions")
                    .hasMessageContaining("limits.session_connections");
            try (Session other = database.borrow(Databases.call("modest"))) {
                assertThat(Databases.json(other, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
            }
        }
    }

    @Test
    void a_text_without_statements_gives_no_rows() {
        assertThat(json("")).isEqualTo("[]");
        assertThat(json("  -- only a comment\n;; /* x */")).isEqualTo("[]");
    }

    /// Q3, "Server".
    @Test
    void several_statements_share_the_parameters() {
        String text =
                "INSERT INTO t VALUES ($id, $name); -- and; more\nUPDATE t SET b = b || ';' WHERE a = $id;\n"
                        + "SELECT b FROM t WHERE a = $id;";
        assertThat(
                        Databases.json(
                                database,
                                text,
                                new Parameters.Named(java.util.Map.of("id", 5L, "name", "n"))))
                .isEqualTo("[{\"b\":\"n;\"}]");
    }

    @Test
    void statements_may_use_what_earlier_ones_create() {
        assertThat(json("CREATE TEMP TABLE x AS SELECT 1 AS a; INSERT INTO x VALUES (2); FROM x"))
                .isEqualTo("[{\"a\":1},{\"a\":2}]");
        assertThat(json("SELECT setseed(0.5); SELECT 1 AS one")).isEqualTo("[{\"one\":1}]");
        assertThat(json("PRAGMA version; SELECT 2 AS two")).isEqualTo("[{\"two\":2}]");
    }

    @Test
    void nothing_runs_of_a_text_that_does_not_parse() {
        assertThatThrownBy(() -> json("INSERT INTO t VALUES (1, 'x'); SELEC 1"))
                .isInstanceOf(DuckDbException.class)
                .hasMessageContaining("LINE 1: INSERT INTO t");
        assertThat(json("SELECT count(*) AS n FROM t")).isEqualTo("[{\"n\":0}]");
    }

    @Test
    void an_error_shows_its_place_in_the_whole_text() {
        DuckDbException failure =
                catchThrowableOfType(
                        DuckDbException.class,
                        () -> json("SELECT 1;\n\nSELECT *\nFROM t WHERE nope = 1"));
        assertThat(failure.kind()).isEqualTo(DuckDbException.Kind.BINDER);
        assertThat(failure)
                .hasMessageStartingWith("Binder Error: ")
                .hasMessageEndingWith(
                        """
                        LINE 4: FROM t WHERE nope = 1
                                             ^^^^\
                        """);
        assertThatThrownBy(() -> json("-- a comment\n\n  SELECT nope\n"))
                .hasMessageContaining("LINE 3: SELECT nope\n");
        assertThatThrownBy(() ->
                        json("\n\nSELECT s::INTEGER FROM (SELECT 'x' || range AS s FROM range(2))"))
                .hasMessageContaining("LINE 3: SELECT s::INTEGER");
        String long1 = "\n".repeat(11);
        assertThatThrownBy(() -> json(long1 + "SELECT nope"))
                .hasMessageEndingWith("LINE 12: SELECT nope\n                ^^^^");
    }

    @Test
    void an_error_tells_its_kind() {
        kind("SELECT * FROM nope", DuckDbException.Kind.CATALOG);
        kind("SELEC", DuckDbException.Kind.PARSER);
        kind("SELECT nope", DuckDbException.Kind.BINDER);
        kind("INSERT INTO t VALUES (1, 'x'), (1, 'y')", DuckDbException.Kind.CONSTRAINT);
        kind(
                "SELECT s::INTEGER FROM (SELECT 'x' || range AS s FROM range(2))",
                DuckDbException.Kind.CONVERSION);
        kind(
                "SELECT 200::TINYINT + x FROM (SELECT 100::TINYINT AS x)",
                DuckDbException.Kind.CONVERSION);
        kind(
                "SELECT (x + 100::TINYINT)::VARCHAR FROM (SELECT 100::TINYINT AS x FROM range(2))",
                DuckDbException.Kind.OUT_OF_RANGE);
        kind("SELECT error('mine')", DuckDbException.Kind.INVALID_INPUT);
        kind("FROM read_csv('no/such/file.csv')", DuckDbException.Kind.IO);
        kind("COMMIT", DuckDbException.Kind.TRANSACTION);
        kind("SELECT 1\u0000", DuckDbException.Kind.PARSER);
    }

    /// R3.6.2, R3.6.3
    @Test
    void what_a_call_leaves_is_gone_with_it() {
        try (Session session = database.borrow(Databases.call())) {
            assertThat(session.holdsState()).isFalse();
            Databases.json(session, "CREATE TEMP TABLE mine (a INTEGER)");
            assertThat(session.holdsState()).isTrue();
            Databases.json(session, "SET VARIABLE v = 1");
            Databases.json(session, "BEGIN");
            Databases.json(session, "INSERT INTO t VALUES (7, 'open')");
            assertThat(Databases.json(session, "SELECT count(*) AS n FROM t, mine"))
                    .isEqualTo("[{\"n\":0}]");
        }
        for (int i = 0; i < 5; i++) {
            assertThat(json("SELECT count(*) AS n, getvariable('v') AS v FROM t"))
                    .isEqualTo("[{\"n\":0,\"v\":null}]");
            kind("FROM mine", DuckDbException.Kind.CATALOG);
        }
    }

    @Test
    void a_transaction_lasts_over_statements_of_a_call() {
        try (Session session = database.borrow(Databases.call())) {
            Databases.json(session, "BEGIN");
            Databases.json(session, "INSERT INTO t VALUES (1, 'x')");
            assertThat(json("FROM t")).isEqualTo("[]");
            assertThat(session.holdsState()).isTrue();
            Databases.json(session, "COMMIT");
            assertThat(session.holdsState()).isFalse();
            assertThat(json("FROM t")).isEqualTo("[{\"a\":1,\"b\":\"x\"}]");
        }
    }

    /// R3.6.4
    @Test
    void a_text_that_begins_a_transaction_and_fails_leaves_nothing() {
        try (Session session = database.borrow(Databases.call())) {
            assertThatThrownBy(() ->
                            Databases.json(
                                    session,
                                    "BEGIN; INSERT INTO t VALUES (1, 'x'); SELECT * FROM nope; COMMIT"))
                    .isInstanceOf(DuckDbException.class);
            assertThat(session.holdsState()).isFalse();
            assertThat(Databases.json(session, "FROM t")).isEqualTo("[]");
            Databases.json(session, "BEGIN; INSERT INTO t VALUES (2, 'y'); COMMIT");
            assertThat(Databases.json(session, "FROM t")).isEqualTo("[{\"a\":2,\"b\":\"y\"}]");
        }
    }

    @Test
    void a_statement_kept_prepared_sees_a_changed_schema() {
        try (Session session = database.borrow(Databases.call())) {
            String sql = "SELECT * FROM t";
            Databases.json(session, "INSERT INTO t VALUES (1, 'x')");
            assertThat(Databases.json(session, sql)).isEqualTo("[{\"a\":1,\"b\":\"x\"}]");
            json("ALTER TABLE t ADD COLUMN c INTEGER DEFAULT 3");
            assertThat(Databases.json(session, sql)).isEqualTo("[{\"a\":1,\"b\":\"x\",\"c\":3}]");
            json("DROP TABLE t; CREATE TABLE t AS SELECT 'new' AS z");
            assertThat(Databases.json(session, sql)).isEqualTo("[{\"z\":\"new\"}]");
        }
    }

    @Test
    void more_texts_than_are_kept_prepared_work() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 150; i++) {
                assertThat(json("SELECT " + i + " AS n")).isEqualTo("[{\"n\":" + i + "}]");
            }
        }
    }

    @Test
    void a_pivot_leaves_nothing_behind() {
        json("CREATE TABLE p AS SELECT * FROM (VALUES ('a', 1), ('b', 2)) v(k, n)");
        for (int i = 0; i < 3; i++) {
            assertThat(json("PIVOT p ON k USING sum(n)")).isEqualTo("[{\"a\":1,\"b\":2}]");
        }
        json("INSERT INTO p VALUES ('c', 3)");
        assertThat(json("PIVOT p ON k USING sum(n)")).isEqualTo("[{\"a\":1,\"b\":2,\"c\":3}]");
        assertThat(json("SELECT type_name FROM duckdb_types() WHERE type_name LIKE '%pivot%'"))
                .isEqualTo("[]");
    }

    @Test
    void a_closed_session_and_a_closed_database_say_so() {
        Session session = database.borrow(Databases.call());
        Session forgotten = database.borrow(Databases.call());
        session.close();
        session.close();
        assertThatThrownBy(() -> Databases.json(session, "SELECT 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the session is closed");
        database.close();
        database.close();
        assertThatThrownBy(() -> Databases.json(forgotten, "SELECT 1"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> json("SELECT 1")).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_result_that_escaped_its_reader_is_closed() {
        try (Session session = database.borrow(Databases.call())) {
            List<QueryResult> kept = new ArrayList<>();
            session.query(
                    "SELECT 1 AS a",
                    Parameters.none(),
                    result -> result.nextChunk() && kept.add(result));
            QueryResult result = kept.getFirst();
            assertThatThrownBy(result::nextChunk).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> result.vector(0).intAt(0))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_reader_may_fail_or_stop_early() {
        try (Session session = database.borrow(Databases.call())) {
            assertThatThrownBy(() ->
                            session.query(
                                    "FROM range(100000)",
                                    Parameters.none(),
                                    result -> {
                                        throw new IllegalArgumentException("reader");
                                    }))
                    .hasMessage("reader");
            assertThat(
                            session.<Boolean>query(
                                    "FROM range(10000000)",
                                    Parameters.none(),
                                    QueryResult::nextChunk))
                    .isTrue();
            assertThat(Databases.json(session, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
        }
    }

    @Test
    void waits_for_a_session_only_so_long() {
        database.close();
        var config = Databases.config(Path.of(Instance.IN_MEMORY), false, 1);
        database =
                DuckDb.open(
                        new DuckDb.Config(
                                config.file(),
                                false,
                                List.of(),
                                List.of(),
                                1,
                                1,
                                Duration.ofMillis(300),
                                config.fileSearchPath(),
                                config.nativeCache()));
        CallContext call = Databases.call();
        try (Session session = database.borrow(call)) {
            assertThatThrownBy(() -> database.borrow(Databases.call()))
                    .isInstanceOf(Unavailable.class)
                    .hasMessage(
                            "All 1 database sessions are in use, and none became free within 300 ms"
                                    + " (limits.connections, limits.connection_wait)");
            // R7.2.1
            try (Session nested = database.borrow(call)) {
                assertThat(Databases.json(nested, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
            }
            assertThat(Databases.json(session, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
        }
        assertThat(json("SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
    }

    /// Files may come and go: a plan that remembers them would be wrong.
    @Test
    void files_are_looked_for_each_time(@org.junit.jupiter.api.io.TempDir Path folder)
            throws Exception {
        java.nio.file.Files.writeString(folder.resolve("a.csv"), "x\n1\n");
        json("CREATE VIEW files AS FROM '" + folder + "/*.csv'; CREATE VIEW more AS FROM files");
        String direct = "SELECT sum(x) AS s FROM '" + folder + "/*.csv'";
        String viewed = "SELECT sum(x) AS s FROM more";
        assertThat(json(direct)).isEqualTo("[{\"s\":1}]");
        assertThat(json(viewed)).isEqualTo("[{\"s\":1}]");
        java.nio.file.Files.writeString(folder.resolve("b.csv"), "x\n2\n");
        assertThat(json(direct)).isEqualTo("[{\"s\":3}]");
        assertThat(json(viewed)).isEqualTo("[{\"s\":3}]");
    }

    private String json(String sql) {
        return Databases.json(database, sql);
    }

    private void kind(String sql, DuckDbException.Kind kind) {
        assertThat(catchThrowableOfType(DuckDbException.class, () -> json(sql)))
                .as(sql)
                .isNotNull()
                .satisfies(failure -> assertThat(failure.kind()).as("%s", failure).isEqualTo(kind));
    }
}
