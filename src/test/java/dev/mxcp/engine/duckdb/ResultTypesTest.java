package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mxcp.types.json.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// O4, column "Server": every type to JSON, and to the same JSON by way of plain values.
class ResultTypesTest {
    private static DuckDb database;

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                row("true", "true"),
                row("(-128)::TINYINT", "-128"),
                row("(-32768)::SMALLINT", "-32768"),
                row("(-2147483648)::INTEGER", "-2147483648"),
                row("(-9223372036854775808)::BIGINT", "-9223372036854775808"),
                row("9007199254740993::BIGINT", "9007199254740993"),
                row("255::UTINYINT", "255"),
                row("65535::USMALLINT", "65535"),
                row("4294967295::UINTEGER", "4294967295"),
                row("18446744073709551615::UBIGINT", "18446744073709551615"),
                row(
                        "170141183460469231731687303715884105727::HUGEINT",
                        "170141183460469231731687303715884105727"),
                row(
                        "(-170141183460469231731687303715884105727)::HUGEINT",
                        "-170141183460469231731687303715884105727"),
                row("(-5)::HUGEINT", "-5"),
                row("(SELECT sum(x) FROM (VALUES (1), (2)) t(x))", "3"),
                row(
                        "340282366920938463463374607431768211455::UHUGEINT",
                        "340282366920938463463374607431768211455"),
                row(
                        "'123456789012345678901234567890123456789012345'::BIGNUM",
                        "123456789012345678901234567890123456789012345"),
                row("'-98765432109876543210'::BIGNUM", "-98765432109876543210"),
                row("'0'::BIGNUM", "0"),
                row("1.5::FLOAT", "1.5"),
                row("0.1::FLOAT", "0.1"),
                row("0.1::DOUBLE", "0.1"),
                row("3::DOUBLE", "3.0"),
                row("1e300::DOUBLE", "1.0E300"),
                row("123456789.125::DOUBLE", "123456789.125"),
                row("(-0.001)::DOUBLE", "-0.001"),
                row("'nan'::DOUBLE", "null"),
                row("'-inf'::DOUBLE", "null"),
                row("'inf'::FLOAT", "null"),
                row("12.30::DECIMAL(4,2)", "12.30"),
                row("(-0.05)::DECIMAL(4,2)", "-0.05"),
                row("7::DECIMAL(9,0)", "7"),
                row("123456.789::DECIMAL(9,3)", "123456.789"),
                row("1234567890123.45678::DECIMAL(18,5)", "1234567890123.45678"),
                row("(-999999999999999999)::DECIMAL(18,0)", "-999999999999999999"),
                row(
                        "12345678901234567890123456789012345.678::DECIMAL(38,3)",
                        "12345678901234567890123456789012345.678"),
                row("'text'", "\"text\""),
                row("''", "\"\""),
                row("'zwölf Zeichen und mehr, mit \"'", "\"zwölf Zeichen und mehr, mit \\\"\""),
                row("'a' || chr(10) || chr(1) || '\\'", "\"a\\n\\u0001\\\\\""),
                row("'\uD83E\uDD86 quack quack quack'", "\"\uD83E\uDD86 quack quack quack\""),
                row("'{\"a\": 1}'::JSON", "\"{\\\"a\\\": 1}\""),
                row("'b'::ENUM('a', 'b')", "\"b\""),
                row(
                        "'00000000-0000-0000-0000-00000000002a'::UUID",
                        "\"00000000-0000-0000-0000-00000000002a\""),
                row(
                        "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'::UUID",
                        "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\""),
                row("row(1, 'b', NULL)", "[1,\"b\",null]"),
                row("[row(1, 2)]", "[[1,2]]"),
                row("DATE '0044-03-15 (BC)'", "\"-0043-03-15\""),
                row("DATE '12026-01-31'", "\"+12026-01-31\""),
                row("TIMESTAMP '0001-01-01 (BC) 00:00:00'", "\"0000-01-01T00:00:00\""),
                row("'abc'::BLOB", "\"abc\""),
                row("'\\xFF\\x00'::BLOB", "\"/wA=\""),
                row("'0101'::BIT", "\"0101\""),
                row("'111100001'::BIT", "\"111100001\""),
                row("DATE '2026-01-31'", "\"2026-01-31\""),
                row("DATE '0044-03-15'", "\"0044-03-15\""),
                row("DATE 'infinity'", "\"infinity\""),
                row("DATE '-infinity'", "\"-infinity\""),
                row("TIME '01:02:03'", "\"01:02:03\""),
                row("TIME '01:02:03.5'", "\"01:02:03.500000\""),
                row("'01:02:03.123456789'::TIME_NS", "\"01:02:03.123456789\""),
                row("'01:02:03+02:30'::TIMETZ", "\"01:02:03+02:30\""),
                row("'01:02:03.25-08'::TIMETZ", "\"01:02:03.250000-08:00\""),
                row("TIMESTAMP '2024-01-02 03:04:05'", "\"2024-01-02T03:04:05\""),
                row("TIMESTAMP '2024-01-02 03:04:05.000001'", "\"2024-01-02T03:04:05.000001\""),
                row("TIMESTAMP '1969-12-31 23:59:59.5'", "\"1969-12-31T23:59:59.500000\""),
                row("'2024-01-02 03:04:05'::TIMESTAMP_S", "\"2024-01-02T03:04:05\""),
                row("'2024-01-02 03:04:05.12'::TIMESTAMP_MS", "\"2024-01-02T03:04:05.120000\""),
                row(
                        "'2024-01-02 03:04:05.123456789'::TIMESTAMP_NS",
                        "\"2024-01-02T03:04:05.123456789\""),
                row("TIMESTAMP 'infinity'", "\"infinity\""),
                row("'-infinity'::TIMESTAMPTZ", "\"-infinity\""),
                row("INTERVAL 1 DAY + INTERVAL 2 HOUR", "\"P1DT2H0M0S\""),
                row("INTERVAL 2 MONTH", "\"P60DT0H0M0S\""),
                row("[1, NULL, 3]", "[1,null,3]"),
                row("[]::INTEGER[]", "[]"),
                row("[['a'], [], NULL]", "[[\"a\"],[],null]"),
                row("[DATE '2024-01-02']", "[\"2024-01-02\"]"),
                row("[1, 2, 3]::INTEGER[3]", "[1,2,3]"),
                row(
                        "{'a': 1, 'b': [{'c': DATE '2024-01-02'}]}",
                        "{\"a\":1,\"b\":[{\"c\":\"2024-01-02\"}]}"),
                row("{'with \"quote': NULL}", "{\"with \\\"quote\":null}"),
                row("MAP {'x': 1, 'y': NULL}", "{\"x\":1,\"y\":null}"),
                row("MAP {1: 'one'}", "{\"1\":\"one\"}"),
                row("MAP {DATE '2024-01-02': 1.5}", "{\"2024-01-02\":1.5}"),
                row("MAP {[1]: 'l'}", "{\"[1]\":\"l\"}"),
                row("union_value(num := 7)", "7"),
                row("union_value(s := 'x')::UNION(num INTEGER, s VARCHAR)", "\"x\""),
                row("NULL", "null"),
                row("NULL::DOUBLE", "null"),
                row("NULL::STRUCT(a INTEGER)", "null"),
                row("NULL::ENUM('a')", "null"));
    }

    private static Arguments row(String sql, String json) {
        return Arguments.of(sql, json);
    }

    @ParameterizedTest
    @MethodSource("values")
    void is_written_as_json(String sql, String json) {
        assertThat(Databases.json(database, "SELECT " + sql + " AS v"))
                .isEqualTo("[{\"v\":" + json + "}]");
    }

    /// The same through a table, where vectors are laid out otherwise, beside a NULL.
    @ParameterizedTest
    @MethodSource("values")
    void is_written_the_same_from_a_table(String sql, String json) {
        String table =
                "CREATE TEMP TABLE t AS SELECT * FROM (SELECT i, CASE WHEN i <> 1 THEN %s END AS v FROM range(3) r(i));"
                                .formatted(sql)
                        + "SELECT v FROM t ORDER BY i";
        assertThat(Databases.json(database, table))
                .isEqualTo("[{\"v\":%1$s},{\"v\":null},{\"v\":%1$s}]".formatted(json));
    }

    @ParameterizedTest
    @MethodSource("values")
    void is_the_same_by_way_of_plain_values(String sql, String json) {
        try (Session session = database.borrow(Databases.call())) {
            var rows = session.query("SELECT " + sql + " AS v", Parameters.none(), ValueRows.ALL);
            assertThat(Json.text(rows)).isEqualTo("[{\"v\":" + json + "}]");
        }
    }

    @Test
    void shows_moments_in_the_time_zone_of_the_session() {
        try (Session session = database.borrow(Databases.call())) {
            String moment = "SELECT TIMESTAMPTZ '2024-07-02 01:04:05+00' AS t";
            Databases.json(session, "SET TimeZone = 'UTC'");
            assertThat(Databases.json(session, moment))
                    .isEqualTo("[{\"t\":\"2024-07-02T01:04:05+00:00\"}]");
            Databases.json(session, "SET TimeZone = 'America/New_York'");
            assertThat(Databases.json(session, moment))
                    .isEqualTo("[{\"t\":\"2024-07-01T21:04:05-04:00\"}]");
        }
    }

    /// R3.4
    @Test
    void tells_columns_of_the_same_name_apart() {
        assertThat(Databases.json(database, "SELECT 1 AS a, 2 AS a, 3 AS A, 4 AS a_1"))
                .isEqualTo("[{\"a\":1,\"a_1\":2,\"A_2\":3,\"a_1_1\":4}]");
    }

    @Test
    void reads_all_chunks_of_nested_values() {
        String sql =
                "SELECT i, [i, i + 1] AS l, {'s': 'text number ' || i, 'm': MAP {i: [i]}} AS s,"
                        + " CASE WHEN i % 3 = 0 THEN NULL ELSE ['a' || i, NULL] END AS n"
                        + " FROM range(10000) r(i) ORDER BY i";
        try (Session session = database.borrow(Databases.call())) {
            var rows = session.query(sql, Parameters.none(), ValueRows.ALL);
            assertThat(rows).hasSize(10_000);
            assertThat(Json.text(rows.get(7001)))
                    .isEqualTo(
                            "{\"i\":7001,\"l\":[7001,7002],\"s\":{\"s\":\"text number 7001\",\"m\":{\"7001\":[7001]}},"
                                    + "\"n\":[\"a7001\",null]}");
            assertThat(Databases.json(session, sql)).isEqualTo(Json.text(rows));
        }
    }

    @Test
    void names_types_as_sql_does() {
        try (Session session = database.borrow(Databases.call())) {
            String sql =
                    "SELECT 1.5::DECIMAL(5,2) d, [1] l, {'a b': 1} s, MAP {'k': [1]} m, 'x'::ENUM('x') e,"
                            + " '{}'::JSON j, [1,2]::INTEGER[2] a, now() t";
            List<String> names =
                    session.query(
                            sql,
                            Parameters.none(),
                            result ->
                                    result.columns().stream()
                                            .map(column -> column.type().sqlName())
                                            .toList());
            assertThat(names)
                    .containsExactly(
                            "DECIMAL(5,2)",
                            "INTEGER[]",
                            "STRUCT(\"a b\" INTEGER)",
                            "MAP(VARCHAR, INTEGER[])",
                            "ENUM('x')",
                            "JSON",
                            "INTEGER[2]",
                            "TIMESTAMP WITH TIME ZONE");
        }
    }

    @Test
    void says_which_types_it_cannot_read() {
        assertThat(
                        catchThrowableOfType(
                                DuckDbException.class,
                                () -> Databases.json(database, "SELECT 1::VARIANT AS v")))
                .hasMessageContaining("VARIANT")
                .hasMessageContaining("cast");
    }
}
