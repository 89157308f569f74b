package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// V8-V10: a look at a text without running it.
class StaticCheckTest {
    private static DuckDb database;

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
        Databases.json(database, "CREATE TABLE t (a INTEGER, b VARCHAR)");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void tells_parameters_and_columns() {
        Prepared prepared =
                database.check(
                        "SELECT a, upper(b) AS c FROM t WHERE b = $S AND a = $id OR a > $ID");
        assertThat(prepared.failure()).isNull();
        assertThat(prepared.parameterNames()).containsExactly("S", "id");
        assertThat(prepared.positional()).isFalse();
        assertThat(prepared.columns())
                .extracting(Column::name, column -> column.type().sqlName())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "INTEGER"),
                        org.assertj.core.groups.Tuple.tuple("c", "VARCHAR"));
    }

    @Test
    void does_not_know_columns_that_depend_on_values() {
        assertThat(database.check("SELECT $x AS x").columns()).isNull();
        assertThat(database.check("SELECT $x AS x").failure()).isNull();
    }

    /// V9.2
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE x (a INTEGER)",
                "CREATE OR REPLACE VIEW v AS SELECT * FROM later",
                "DROP TABLE later",
                "ALTER TABLE later ADD COLUMN c INTEGER",
                "ATTACH 'other.duckdb'",
                "DETACH other",
                "USE other",
                "SET threads = 1",
                "RESET threads",
                "PRAGMA version",
                "CALL pragma_version()",
                "EXPLAIN SELECT 1",
                "EXECUTE later",
                "BEGIN",
                "VACUUM",
                "ANALYZE",
                "CHECKPOINT",
                "COMMENT ON TABLE later IS 'x'",
                "EXPORT DATABASE 'x'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SELECT 1",
                "FROM t",
                "WITH x AS (FROM t) FROM x",
                "VALUES (1)",
                "TABLE t",
                "SELECT 1 UNION SELECT 2",
                "INSERT INTO t VALUES ($a, $b)",
                "UPDATE t SET a = $a",
                "DELETE FROM t",
                "TRUNCATE t",
                "COPY t TO 'never.csv'",
                "SHOW TABLES",
                "DESCRIBE t",
                "SUMMARIZE t",
                "PIVOT t ON b USING sum(a)",
                "UNPIVOT t ON a",
                "(SELECT 1)",
                "MERGE INTO t USING (SELECT 1 AS a) s ON t.a = s.a WHEN MATCHED THEN DELETE",
                "SELECT get_username(), get_request_header('x')",
                "SELECT * FROM t WHERE a IN $list LIMIT $n",
                "SELECT $d + INTERVAL 1 DAY",
                "SELECT $o.field, $o['field']",
                "",
                "-- nothing"
            })
    void accepts(String sql) {
        assertThat(database.check(sql).failure()).isNull();
    }

    @Test
    void runs_nothing() {
        database.check(
                "CREATE TABLE made (a INTEGER); INSERT INTO made VALUES (1); INSERT INTO t VALUES (1, 'x')");
        database.check("COPY t TO 'never.csv'; SET VARIABLE v = 1; PIVOT t ON b USING sum(a)");
        assertThat(Databases.json(database, "SELECT count(*) AS n FROM t"))
                .isEqualTo("[{\"n\":0}]");
        assertThat(
                        Databases.json(
                                database,
                                "SELECT table_name FROM duckdb_tables() WHERE table_name = 'made'"))
                .isEqualTo("[]");
        assertThat(java.nio.file.Path.of("never.csv")).doesNotExist();
    }

    /// V9.3
    @Test
    void allows_for_what_earlier_statements_create() {
        assertThat(failure("CREATE TABLE made (z INTEGER); SELECT z FROM made")).isNull();
        assertThat(failure("SELECT 1; SELECT z FROM made")).contains("made", "LINE 1");
        assertThat(failure("SELECT nope FROM t; CREATE TABLE made (z INTEGER)")).contains("nope");
    }

    @Test
    void shows_duckdbs_error() {
        assertThat(failure("SELECT a,\n  nope FROM t"))
                .startsWith("Binder Error")
                .contains("LINE 2:   nope FROM t");
        assertThat(failure("SELECT 1;\nSELEC 2"))
                .startsWith("Parser Error")
                .contains("LINE 2: SELEC 2");
        assertThat(failure("SELECT * FROM missing")).startsWith("Catalog Error");
    }

    /// DuckDB postpones the binding of a statement when it cannot infer the type of a parameter
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT bogus + len($list) FROM t",
                "SELECT len($list) FROM missing",
                "SELECT bogus(len($list)) FROM t",
                "SELECT a FROM t WHERE abs($text) > 1",
                "WITH x AS (SELECT len($list) AS n) SELECT m FROM x",
                "INSERT INTO t VALUES (bogus + len($list), 'x')",
                "UPDATE t SET bogus = len($list)",
                "DELETE FROM t WHERE bogus = len($list)",
                "COPY (SELECT bogus + len($list) FROM t) TO 'never.csv'",
                "SELECT $object.other, len($list)",
                "SELECT list_sum($text)"
            })
    void finds_what_cannot_be_bound_with_the_declared_types(String sql) {
        assertThat(database.check(sql, samples(true)).failure()).as(sql).isNotNull();
    }

    /// What depends on a value cannot be judged by a sample
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT len($list), a FROM t",
                "SELECT * FROM read_csv($text)",
                "FROM query_table($text)",
                "SELECT COLUMNS($text) FROM t",
                "SELECT date_trunc($text, DATE '2030-01-31')",
                "SELECT a FROM t LIMIT $text",
                "SELECT $object.field, $object['field'], len($list)",
                "SELECT * FROM t WHERE list_contains($list, a)",
                "SELECT $text::DATE + INTERVAL 1 DAY",
                "INSERT INTO t VALUES (len($list), $text)"
            })
    void lets_pass_what_other_values_may_make_right(String sql) {
        assertThat(database.check(sql, samples(true)).failure()).as(sql).isNull();
    }

    @Test
    void a_guessed_type_shows_missing_names_only() {
        assertThat(database.check("SELECT bogus + len($list) FROM t", samples(false)).failure())
                .isNotNull();
        assertThat(database.check("SELECT $object.other, len($list)", samples(false)).failure())
                .isNull();
    }

    @Test
    void tells_columns_that_the_declared_types_decide() {
        assertThat(
                        database.check(
                                        "SELECT $text AS x, $list AS y, [$object] AS z",
                                        samples(true))
                                .columns())
                .extracting(Column::name, column -> column.type().sqlName())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("x", "VARCHAR"),
                        org.assertj.core.groups.Tuple.tuple("y", "INTEGER[]"),
                        org.assertj.core.groups.Tuple.tuple("z", "STRUCT(field VARCHAR)[]"));
    }

    @Test
    void shows_places_in_the_text_as_written() {
        var bound = database.check("SELECT a,\n  bogus + len($list)\nFROM t", samples(true));

        assertThat(bound.failure())
                .hasMessageContaining("LINE 2:   bogus + len($list)\n          ^^^^^");
    }

    @Test
    void binding_with_samples_runs_nothing() {
        database.check("INSERT INTO t VALUES (len($list), 'x') RETURNING a", samples(true));
        database.check("COPY (SELECT len($list)) TO 'never.csv'", samples(true));
        assertThat(Databases.json(database, "SELECT count(*) AS n FROM t"))
                .isEqualTo("[{\"n\":0}]");
        assertThat(java.nio.file.Path.of("never.csv")).doesNotExist();
    }

    /// cli C0.10: without the tables there is the grammar still
    @Test
    void parses_without_looking_at_tables() {
        assertThat(database.parse("SELECT nope FROM missing WHERE x = $x").failure()).isNull();
        assertThat(database.parse("SELECT nope FROM missing WHERE x = $x").parameterNames())
                .containsExactly("x");
        assertThat(database.parse("SELECT 1;\nSELEC 2").failure())
                .hasMessageContaining("LINE 2: SELEC 2");
    }

    @SuppressWarnings("NullAway") // does not see the type annotations of compiled classes
    private static SampleValues samples(boolean exact) {
        var values = new java.util.LinkedHashMap<String, @Nullable Object>();
        values.put("list", java.util.List.of(1));
        values.put("text", "a sample");
        values.put("object", java.util.Map.of("field", "a sample"));
        return new SampleValues(values, exact);
    }

    @Test
    void sees_positional_parameters() {
        assertThat(database.check("SELECT ? + 1").positional()).isTrue();
        assertThat(database.check("SELECT $1 + 1").parameterNames()).containsExactly("1");
    }

    private static @Nullable String failure(String sql) {
        DuckDbException failure = database.check(sql).failure();
        return failure == null ? null : failure.getMessage();
    }
}
