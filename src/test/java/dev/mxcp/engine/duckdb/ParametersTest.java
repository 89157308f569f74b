package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.types.json.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// R3.2 and Q1: what binds as what, and in which forms.
class ParametersTest {
    private static DuckDb database;

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
        Databases.json(
                database,
                "CREATE TABLE items AS SELECT i AS id, 'n' || i AS name, DATE '2024-01-01' + i::INTEGER AS day"
                        + " FROM range(5) r(i); CREATE TABLE docs (body JSON, text VARCHAR)");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("text 'quoted' $x ;--", "VARCHAR", "\"text 'quoted' $x ;--\""),
                Arguments.of("", "VARCHAR", "\"\""),
                Arguments.of(true, "BOOLEAN", "true"),
                Arguments.of(5L, "INTEGER", "5"),
                Arguments.of(-3_000_000_000L, "BIGINT", "-3000000000"),
                Arguments.of(
                        new BigInteger("9223372036854775808"), "UBIGINT", "9223372036854775808"),
                Arguments.of(
                        new BigInteger("-9223372036854775809"), "HUGEINT", "-9223372036854775809"),
                Arguments.of(
                        BigInteger.TWO.pow(127),
                        "UHUGEINT",
                        "170141183460469231731687303715884105728"),
                Arguments.of(1.5, "DOUBLE", "1.5"),
                Arguments.of(Double.NaN, "DOUBLE", "null"),
                Arguments.of(new BigDecimal("12.50"), "DECIMAL(4,2)", "12.50"),
                Arguments.of(new BigDecimal("-0.001"), "DECIMAL(3,3)", "-0.001"),
                Arguments.of(new BigDecimal("1E+3"), "DECIMAL(4,0)", "1000"),
                Arguments.of(
                        new BigDecimal("-12345678901234567890123456789.5"),
                        "DECIMAL(30,1)",
                        "-12345678901234567890123456789.5"),
                Arguments.of(LocalDate.of(2026, 1, 31), "DATE", "\"2026-01-31\""),
                Arguments.of(LocalTime.of(1, 2, 3, 4000), "TIME", "\"01:02:03.000004\""),
                Arguments.of(
                        OffsetTime.parse("01:02:03-05:30"),
                        "TIME WITH TIME ZONE",
                        "\"01:02:03-05:30\""),
                Arguments.of(
                        LocalDateTime.of(1950, 1, 2, 3, 4, 5, 6000),
                        "TIMESTAMP",
                        "\"1950-01-02T03:04:05.000006\""),
                Arguments.of(
                        OffsetDateTime.parse("2024-07-02T01:04:05+02:00"),
                        "TIMESTAMP WITH TIME ZONE",
                        "\"2024-07-01T23:04:05+00:00\""),
                Arguments.of(new Interval(1, 2, 3_000_000), "INTERVAL", "\"P32DT0H0M3S\""),
                Arguments.of(
                        UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
                        "UUID",
                        "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\""),
                Arguments.of(new byte[] {(byte) 0xff, 0}, "BLOB", "\"/wA=\""),
                Arguments.of(list(1L, null, 3L), "INTEGER[]", "[1,null,3]"),
                Arguments.of(list(1L, 3_000_000_000L), "BIGINT[]", "[1,3000000000]"),
                Arguments.of(list(1L, 1.5), "DOUBLE[]", "[1.0,1.5]"),
                Arguments.of(list(1L, "a", true), "VARCHAR[]", "[\"1\",\"a\",\"true\"]"),
                Arguments.of(list(1L, true), "INTEGER[]", "[1,1]"),
                Arguments.of(list(new BigDecimal("1.25"), 7L), "DECIMAL(12,2)[]", "[1.25,7.00]"),
                Arguments.of(
                        list(LocalDate.of(2024, 1, 2), LocalDateTime.of(2024, 1, 2, 3, 4)),
                        "TIMESTAMP[]",
                        "[\"2024-01-02T00:00:00\",\"2024-01-02T03:04:00\"]"),
                Arguments.of(list(), "\"NULL\"[]", "[]"),
                Arguments.of(list(list(1L), list()), "INTEGER[][]", "[[1],[]]"),
                Arguments.of(list(list(1L), list("a")), "VARCHAR[][]", "[[\"1\"],[\"a\"]]"),
                Arguments.of(
                        map("a", 1L, "b c", list(map("d", LocalDate.of(2024, 1, 2)))),
                        "STRUCT(a INTEGER, \"b c\" STRUCT(d DATE)[])",
                        "{\"a\":1,\"b c\":[{\"d\":\"2024-01-02\"}]}"),
                Arguments.of(
                        list(map("x", 1L), map("y", "z")),
                        "STRUCT(x INTEGER, y VARCHAR)[]",
                        "[{\"x\":1,\"y\":null},{\"x\":null,\"y\":\"z\"}]"),
                Arguments.of(map(), "MAP(\"NULL\", \"NULL\")", "{}"),
                Arguments.of(
                        map("key", list("a", "b"), "value", list(1L, 2L)),
                        "MAP(VARCHAR, INTEGER)",
                        "{\"a\":1,\"b\":2}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_binds_as(Object value, String type, String json) {
        String sql = "SET TimeZone = 'UTC'; SELECT typeof($v) AS t, $v AS v";
        assertThat(Databases.json(database, sql, Databases.named("v", value)))
                .isEqualTo("[{\"t\":\"%s\",\"v\":%s}]".formatted(type.replace("\"", "\\\""), json));
    }

    static Stream<Arguments> idioms() {
        return Stream.of(
                Arguments.of("$x IS NULL OR id = $x", null, 5),
                Arguments.of("$x IS NULL OR id = $x", 3L, 1),
                Arguments.of("id = coalesce($x, 2)", null, 1),
                Arguments.of("id = coalesce($x, 2)", 4L, 1),
                Arguments.of("id IN (SELECT unnest($x))", list(1L, 2L), 2),
                Arguments.of("id IN $x", list(1L, 2L, 77L), 2),
                Arguments.of("id IN $x", list(), 0),
                Arguments.of("name IN $x", list("n1"), 1),
                Arguments.of("id = ANY($x)", list(1L, 4L), 2),
                Arguments.of("id = ANY($x)", list(), 0),
                Arguments.of("list_contains($x, id)", list(1L), 1),
                Arguments.of("list_contains($x, id)", list(), 0),
                Arguments.of("true ORDER BY id LIMIT $x", 2L, 2),
                Arguments.of("true ORDER BY id LIMIT $x", null, 5),
                Arguments.of("day > $x + INTERVAL 1 DAY", LocalDate.of(2024, 1, 1), 3),
                Arguments.of("name LIKE '%' || $x || '%'", "3", 1),
                Arguments.of("day = $x::DATE", "2024-01-02", 1),
                Arguments.of("day = $x", "2024-01-02", 1),
                Arguments.of("day >= $x", LocalDate.of(2024, 1, 4), 2),
                Arguments.of("id = $x.id", map("id", 3L), 1),
                Arguments.of("id = $x['id']", map("id", 3L), 1),
                Arguments.of("id = $x.a.b[1]", map("a", map("b", list(2L))), 1),
                Arguments.of("$x IS NULL", null, 5),
                Arguments.of("id + $x > 4", 3L, 3),
                Arguments.of("id > $x", 2.5, 2),
                Arguments.of("$X = id AND $x < 3", 2L, 1));
    }

    @ParameterizedTest
    @MethodSource("idioms")
    void existing_projects_write(String condition, @Nullable Object value, int rows) {
        String sql = "SELECT id FROM items WHERE " + condition;
        // twice: the second time the statement is prepared already
        for (int round = 0; round < 2; round++) {
            try (Session session = database.borrow(Databases.call())) {
                var found = session.query(sql, Databases.named("x", value), ValueRows.ALL);
                assertThat(found).hasSize(rows);
            }
        }
    }

    @Test
    void one_statement_serves_values_of_changing_types() {
        String sql = "SELECT $v AS v";
        try (Session session = database.borrow(Databases.call())) {
            for (int round = 0; round < 3; round++) {
                assertThat(Databases.json(session, sql, Databases.named("v", 1L)))
                        .isEqualTo("[{\"v\":1}]");
                assertThat(Databases.json(session, sql, Databases.named("v", "a")))
                        .isEqualTo("[{\"v\":\"a\"}]");
                assertThat(Databases.json(session, sql, Databases.named("v", list(1.5))))
                        .isEqualTo("[{\"v\":[1.5]}]");
            }
        }
    }

    @Test
    void numbered_and_marked_parameters_take_values_in_order() {
        assertThat(positional("SELECT ? AS a, ? AS b", 1L, "x"))
                .isEqualTo("[{\"a\":1,\"b\":\"x\"}]");
        assertThat(positional("SELECT $2 AS a, $1 AS b, $2 AS c", 1L, "x"))
                .isEqualTo("[{\"a\":\"x\",\"b\":1,\"c\":\"x\"}]");
    }

    /// R3.2, the rows marked WANT.
    @Test
    void a_dict_binds_by_name_or_by_order() {
        var dict = map("x", 1L, "y", "p");
        assertThat(Databases.json(database, "SELECT ? AS a, ? AS b", new Parameters.ByOrder(dict)))
                .isEqualTo("[{\"a\":1,\"b\":\"p\"}]");
        assertThat(Databases.json(database, "SELECT $1 AS a", new Parameters.ByOrder(map("x", 7L))))
                .isEqualTo("[{\"a\":7}]");
        assertThat(
                        Databases.json(
                                database,
                                "SELECT $1 AS a, $2 AS b",
                                new Parameters.ByOrder(map("2", "two", "1", "one"))))
                .isEqualTo("[{\"a\":\"one\",\"b\":\"two\"}]");
        assertThat(
                        Databases.json(
                                database, "SELECT $Y AS a, $x AS b", new Parameters.ByOrder(dict)))
                .isEqualTo("[{\"a\":\"p\",\"b\":1}]");
    }

    @Test
    void refuses_missing_and_surplus_values() {
        refused(
                "SELECT $a, $b",
                new Parameters.Named(map("a", 1L)),
                "not provided",
                "b",
                "expected 2, got 1");
        refused(
                "SELECT $a",
                new Parameters.Named(map("a", 1L, "b", 2L)),
                "excess parameters: b",
                "got 2");
        refused("SELECT ?, ?", new Parameters.ByOrder(map("x", 1L)), "expected 2, got 1");
        refused("SELECT ?", new Parameters.Positional(list(1L, 2L)), "expected 1, got 2");
        refused("SELECT 1", new Parameters.Positional(list(1L)), "expected 0, got 1");
    }

    @Test
    void refuses_names_and_marks_in_one_statement() {
        assertThatThrownBy(() -> positional("SELECT $a, ?", 1L, 2L))
                .isInstanceOfSatisfying(
                        DuckDbException.class,
                        failure ->
                                assertThat(failure.kind())
                                        .isIn(
                                                DuckDbException.Kind.NOT_IMPLEMENTED,
                                                DuckDbException.Kind.INVALID_INPUT));
    }

    @Test
    void refuses_an_integer_of_more_than_128_bits() {
        refused("SELECT $a", new Parameters.Named(map("a", BigInteger.TWO.pow(128))), "128 bits");
    }

    /// R3.2.4
    @Test
    void a_map_becomes_a_json_document_with_its_types_in_a_json_column() {
        var body = map("mixed", list(1L, "a", null, map("deep", true)), "n", 1.5);
        String insert = "INSERT INTO docs VALUES ($body, 'x')";
        assertThat(Databases.json(database, insert, Databases.named("body", body)))
                .isEqualTo("[{\"Count\":1}]");
        assertThat(
                        Databases.json(
                                database,
                                "SELECT body->>'$.mixed[3].deep' AS d, body::VARCHAR AS b FROM docs"))
                .isEqualTo(
                        "[{\"d\":\"true\",\"b\":\"{\\\"mixed\\\":[1,\\\"a\\\",null,{\\\"deep\\\":true}],\\\"n\\\":1.5}\"}]");
    }

    @Test
    void long_lists_and_texts_arrive_whole() {
        List<@Nullable Object> numbers = new ArrayList<>();
        IntStream.range(0, 100_000).forEach(i -> numbers.add((long) i));
        assertThat(
                        Databases.json(
                                database,
                                "SELECT sum(x) AS s FROM (SELECT unnest($l) AS x)",
                                Databases.named("l", numbers)))
                .isEqualTo("[{\"s\":4999950000}]");
        String text = "ä\u0000\"".repeat(200_000);
        assertThat(Databases.json(database, "SELECT length($t) AS n", Databases.named("t", text)))
                .isEqualTo("[{\"n\":600000}]");
    }

    private static void refused(String sql, Parameters parameters, String... fragments) {
        assertThatThrownBy(() -> Databases.json(database, sql, parameters))
                .isInstanceOf(DuckDbException.class)
                .message()
                .startsWith("Invalid Input Error: ")
                .contains(fragments);
    }

    private static String positional(String sql, @Nullable Object... values) {
        return Databases.json(database, sql, new Parameters.Positional(list(values)));
    }

    @SuppressWarnings("NullAway") // does not see the type annotations of compiled classes
    private static List<Object> list(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    @SuppressWarnings("NullAway") // does not see the type annotations of compiled classes
    private static SequencedMap<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return (SequencedMap<String, Object>) map;
    }
}
