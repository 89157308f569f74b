package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R5.4-R5.6, R9.4 as far as DuckDB is concerned: functions of ours in SQL.
class ScalarFunctionTest {
    @TempDir Path folder;
    private DuckDb database;

    @BeforeEach
    void open() {
        database = DuckDb.open(Databases.config(folder.resolve("db.duckdb"), false, 1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void get_rows_in_batches_and_nulls_among_them() {
        var batches = new AtomicInteger();
        define(
                "doubled",
                List.of("INTEGER"),
                "INTEGER",
                (batch, result) -> {
                    batches.incrementAndGet();
                    for (int row = 0; row < batch.rows(); row++) {
                        if (batch.argument(0).isNull(row)) {
                            result.nullAt(row);
                        } else {
                            result.intAt(row, 2 * batch.argument(0).intAt(row));
                        }
                    }
                });
        assertThat(
                        json(
                                "SELECT sum(doubled(n)) AS s, count(doubled(n)) AS c FROM (SELECT CASE WHEN range % 2 = 0"
                                        + " THEN range::INTEGER END AS n FROM range(10000))"))
                .isEqualTo("[{\"s\":49990000,\"c\":5000}]");
        assertThat(batches).hasValueLessThan(30);
        assertThat(json("SELECT doubled(NULL) AS n, doubled(21) AS a"))
                .isEqualTo("[{\"n\":null,\"a\":42}]");
    }

    @Test
    void carry_every_type_in_and_out() {
        String nested =
                "STRUCT(a INTEGER, b VARCHAR[], c MAP(INTEGER, STRUCT(d DOUBLE, e DATE[])[]))[]";
        var values = new LinkedHashMap<String, String>();
        values.put("INTEGER", "1");
        values.put("BIGINT", "1::BIGINT");
        values.put("BOOLEAN", "true");
        values.put("DOUBLE", "0.5::DOUBLE");
        values.put("VARCHAR", "CASE WHEN range % 2 = 0 THEN 'short' ELSE 'å longer text' END");
        values.put("BLOB", "'\\xAA\\x00'::BLOB");
        values.put("DATE", "DATE '2026-01-31'");
        values.put("TIMESTAMP", "TIMESTAMP '2026-01-31 01:02:03.456'");
        values.put("INTERVAL", "INTERVAL '1 month 2 days 3 seconds'");
        values.put("UUID", "'7f6e0d5a-0b0c-4d0e-8f00-112233445566'::UUID");
        values.put("DECIMAL(18,3)", "1.250::DECIMAL(18,3)");
        values.put("VARCHAR[][]", "[['a', NULL], [], NULL]");
        values.put("MAP(VARCHAR, INTEGER)", "MAP {'k': 1, 'l': NULL}");
        values.put("JSON", "'{\"a\": [1]}'::JSON");
        values.put(
                nested,
                "[{'a': 1, 'b': ['x', NULL], 'c': MAP {1: [{'d': 0.5::DOUBLE, 'e': [DATE '2026-01-31']}, NULL]}},"
                        + " NULL, {'a': NULL, 'b': NULL, 'c': NULL}]::"
                        + nested);
        int number = 0;
        for (Map.Entry<String, String> each : values.entrySet()) {
            String name = "same" + number++;
            define(name, List.of(each.getKey()), each.getKey(), ScalarFunctionTest::copy);
            String rows =
                    "(SELECT CASE WHEN range % 3 = 0 THEN NULL ELSE "
                            + each.getValue()
                            + " END AS v FROM range(5000))";
            assertThat(
                            json(
                                    "SELECT count(*) AS n FROM "
                                            + rows
                                            + " WHERE "
                                            + name
                                            + "(v) IS NOT DISTINCT FROM v"))
                    .as(each.getKey())
                    .isEqualTo("[{\"n\":5000}]");
        }
    }

    /// As many items as no vector of rows has, so that DuckDB must move them.
    @Test
    void give_lists_that_are_longer_than_a_batch() {
        define(
                "counted",
                List.of("INTEGER"),
                "STRUCT(n INTEGER, t VARCHAR)[]",
                (batch, result) -> {
                    for (int row = 0; row < batch.rows(); row++) {
                        int length = batch.argument(0).intAt(row);
                        long start = result.listAt(row, length);
                        for (int item = 0; item < length; item++) {
                            if (item % 7 == 3) {
                                result.child(0).nullAt(start + item);
                            } else {
                                result.child(0).child(0).intAt(start + item, item);
                                result.child(0)
                                        .child(1)
                                        .textAt(start + item, "item number " + item);
                            }
                        }
                    }
                });
        assertThat(
                        json(
                                "SELECT count(*) AS n, count(i.n) AS given, sum(i.n) AS s, max(i.t) AS t"
                                        + " FROM (SELECT unnest(counted(range::INTEGER)) AS i FROM range(300))"))
                .isEqualTo(
                        "[{\"n\":44850,\"given\":38443,\"s\":3818528,\"t\":\"item number 99\"}]");
    }

    @Test
    void are_called_once_a_batch_for_constants() {
        var rows = new AtomicInteger();
        FunctionBody body =
                (batch, result) -> {
                    rows.addAndGet(batch.rows());
                    for (int row = 0; row < batch.rows(); row++) {
                        result.textAt(row, "a text of more than twelve bytes");
                    }
                };
        define("fixed", List.of(), "VARCHAR", body);
        define("fixed", List.of("VARCHAR"), "VARCHAR", body);
        assertThat(
                        json(
                                "SELECT count(DISTINCT fixed()) AS d, count(fixed('x')) AS n FROM range(2048)"))
                .isEqualTo("[{\"d\":1,\"n\":2048}]");
        assertThat(rows).hasValue(2);
        json("SELECT fixed(range::VARCHAR) FROM range(1000)");
        assertThat(rows).hasValue(1002);
    }

    /// R5.4.5
    @Test
    void are_not_called_when_a_text_is_only_looked_at() {
        var called = new AtomicInteger();
        define(
                "noted",
                List.of("INTEGER"),
                "INTEGER",
                (batch, result) -> {
                    called.incrementAndGet();
                    copy(batch, result);
                });
        for (String sql :
                List.of(
                        "SELECT noted(1) AS a",
                        "SELECT noted(1) AS a FROM range(10) LIMIT noted(2)",
                        "SELECT * FROM range(noted(3))",
                        "SELECT 1 AS a WHERE noted(1) = 1")) {
            assertThat(database.check(sql).failure()).as(sql).isNull();
        }
        assertThat(database.check("SELECT noted('x', 2)").failure()).isNotNull();
        assertThat(called).hasValue(0);
        assertThat(json("SELECT count(*) AS n FROM range(noted(3))")).isEqualTo("[{\"n\":3}]");
    }

    /// What a function gave while a plan was made must not be kept with the plan.
    @Test
    void give_each_statement_its_own_value_even_in_plans() {
        var next = new AtomicInteger();
        define(
                "next",
                List.of(),
                "INTEGER",
                (_, result) -> result.intAt(0, next.incrementAndGet()));
        for (String sql :
                List.of(
                        "SELECT next() AS n",
                        "SELECT count(*) AS n FROM range(100) LIMIT next()")) {
            json(sql);
            int before = next.get();
            json(sql);
            assertThat(next.get()).isGreaterThan(before);
        }
        next.set(0);
        assertThat(json("FROM range(next()) SELECT count(*) AS n")).isEqualTo("[{\"n\":1}]");
        assertThat(json("FROM range(next()) SELECT count(*) AS n")).isEqualTo("[{\"n\":2}]");
    }

    /// R5.6.2
    @Test
    void fail_the_statement_with_their_words() {
        define(
                "picky",
                List.of("INTEGER"),
                "INTEGER",
                (_, _) -> {
                    throw new EndpointFailed("no such price: 5 \0 kronor", null);
                });
        define(
                "buggy",
                List.of("INTEGER"),
                "INTEGER",
                (_, _) -> {
                    throw new IllegalStateException("a secret");
                });
        assertThatThrownBy(() -> json("SELECT picky(range::INTEGER) FROM range(100000)"))
                .isInstanceOf(DuckDbException.class)
                .hasMessage("Invalid Input Error: no such price: 5   kronor");
        assertThatThrownBy(() -> json("SELECT buggy(1)"))
                .hasMessageContaining("internal error in the server, call ")
                .hasMessageNotContaining("secret");
        assertThat(json("SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
    }

    /// R6.4.1, R9.4.2
    @Test
    void know_the_call_on_every_thread() throws Exception {
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        define(
                "call_id",
                List.of("BIGINT"),
                "VARCHAR",
                (batch, result) -> {
                    threads.add(Thread.currentThread());
                    byte[] id = batch.call().id().getBytes(StandardCharsets.UTF_8);
                    for (int row = 0; row < batch.rows(); row++) {
                        result.bytesAt(row, id, 0, id.length);
                    }
                });
        json("CREATE TABLE many AS SELECT range AS n FROM range(1000000)");
        try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            var results =
                    IntStream.range(0, 8)
                            .mapToObj(_ ->
                                    calls.submit(() -> {
                                        CallContext call = Databases.call();
                                        assertThat(
                                                        Databases.json(
                                                                database,
                                                                call,
                                                                "SELECT min(call_id(n)) AS a, max(call_id(n)) AS b FROM many",
                                                                Parameters.none()))
                                                .isEqualTo(
                                                        "[{\"a\":\"%1$s\",\"b\":\"%1$s\"}]"
                                                                .formatted(call.id()));
                                        return true;
                                    }))
                            .toList();
            for (var result : results) {
                assertThat(result.get()).isTrue();
            }
        }
        assertThat(threads).hasSizeGreaterThan(1);
    }

    /// R9.4.1: the pool has one place, and all threads are held by functions that wait.
    @Test
    void use_the_database_many_levels_deep_and_under_load() throws Exception {
        define(
                "depth",
                List.of("BIGINT"),
                "BIGINT",
                (batch, result) -> {
                    for (int row = 0; row < batch.rows(); row++) {
                        long depth = batch.argument(0).longAt(row);
                        long found = 0;
                        if (depth > 0) {
                            try (Session session = database.borrow(batch.call())) {
                                found =
                                        session.query(
                                                "SELECT 1 + depth(" + (depth - 1) + ") AS d",
                                                Parameters.none(),
                                                rows -> {
                                                    rows.nextChunk();
                                                    return rows.vector(0).longAt(0);
                                                });
                            }
                        }
                        result.longAt(row, found);
                    }
                });
        try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            var results =
                    IntStream.range(0, 32)
                            .mapToObj(_ -> calls.submit(() -> json("SELECT depth(12) AS d")))
                            .toList();
            for (var result : results) {
                assertThat(result.get()).isEqualTo("[{\"d\":12}]");
            }
        }
    }

    @Test
    void are_not_stored_in_the_file_and_listed() {
        define("mine", List.of("VARCHAR", "DECIMAL(18,3)[]"), "JSON", ScalarFunctionTest::copy);
        assertThat(
                        json(
                                "SELECT function_type AS t, parameter_types AS p, return_type AS r, stability AS s"
                                        + " FROM duckdb_functions() WHERE function_name = 'mine'"))
                .isEqualTo(
                        "[{\"t\":\"scalar\",\"p\":[\"VARCHAR\",\"DECIMAL(18,3)[]\"],\"r\":\"JSON\",\"s\":\"VOLATILE\"}]");
        json("CREATE VIEW v AS SELECT 1 AS a");
        database.close();
        database = DuckDb.open(Databases.config(folder.resolve("db.duckdb"), true));
        assertThatThrownBy(() -> json("SELECT mine('x', [])")).hasMessageContaining("mine");
        define("mine", List.of(), "INTEGER", (_, result) -> result.intAt(0, 5));
        assertThat(json("SELECT mine() AS a")).isEqualTo("[{\"a\":5}]");
    }

    @Test
    void cannot_take_a_name_or_have_a_type_that_is_none() {
        assertThatThrownBy(() -> define("odd", List.of("NONSENSE"), "INTEGER", (_, _) -> {}))
                .isInstanceOf(DuckDbException.class)
                .hasMessageContaining("NONSENSE");
        assertThatThrownBy(() -> define("sum", List.of("INTEGER"), "INTEGER", (_, _) -> {}))
                .isInstanceOf(DuckDbException.class)
                .hasMessage("Catalog Error: there is a SQL function sum already");
    }

    private void define(String name, List<String> parameters, String returns, FunctionBody body) {
        database.define(new ScalarFunction(name, parameters, returns, body));
    }

    private String json(String sql) {
        return Databases.json(database, sql);
    }

    /// The first argument as it is.
    private static void copy(FunctionBatch batch, VectorWriter result) {
        for (int row = 0; row < batch.rows(); row++) {
            copy(batch.argument(0), row, result, row);
        }
    }

    private static void copy(Vector from, long row, VectorWriter to, long target) {
        if (from.isNull(row)) {
            to.nullAt(target);
            return;
        }
        switch (from.type()) {
            case DuckType.ListOf _, DuckType.MapOf _ -> {
                int length = from.listLength(row);
                long start = to.listAt(target, length);
                int parts = from.type() instanceof DuckType.MapOf ? 2 : 1;
                for (int part = 0; part < parts; part++) {
                    for (int item = 0; item < length; item++) {
                        copy(
                                from.child(part),
                                from.listStart(row) + item,
                                to.child(part),
                                start + item);
                    }
                }
            }
            case DuckType.StructOf(var fields) -> {
                for (int field = 0; field < fields.size(); field++) {
                    copy(from.child(field), row, to.child(field), target);
                }
            }
            case DuckType.Decimal _ -> to.longAt(target, from.longAt(row));
            case DuckType.Scalar(DuckType.Kind kind, _) -> {
                switch (kind) {
                    case BOOLEAN -> to.booleanAt(target, from.booleanAt(row));
                    case INTEGER, DATE -> to.intAt(target, from.intAt(row));
                    case BIGINT, TIMESTAMP, DOUBLE -> to.longAt(target, from.longAt(row));
                    case INTERVAL -> {
                        long lower = from.lowerAt(row);
                        to.intervalAt(target, (int) lower, (int) (lower >>> 32), from.upperAt(row));
                    }
                    case UUID ->
                            to.uuidAt(
                                    target, from.upperAt(row) ^ Long.MIN_VALUE, from.lowerAt(row));
                    default -> {
                        byte[] bytes = from.bytesAt(row);
                        to.bytesAt(target, bytes, 0, bytes.length);
                    }
                }
            }
            default -> throw new AssertionError(from.type());
        }
    }
}
