package dev.mxcp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// R5, R6.4, R9.4, S94, S95: methods of plugins in SQL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("NullAway.Init") // filled by BeforeAll
class PluginFunctionsTest {
    private static final String TILL =
            """
            import asyncio, os, time
            from typing import Optional
            from mxcp.plugins import MXCPBasePlugin, udf
            from mxcp.runtime import config, db, mcp, plugins
            from mxcp.sdk.auth.context import get_user_context
            from mxcp.sdk.executor.context import get_execution_context

            class MXCPPlugin(MXCPBasePlugin):
                def __init__(self, config):
                    super().__init__(config)
                    self.mark = config.get("mark", "none")
                    self.calls = 0

                @udf
                def with_tax(self, net: float, rate: float) -> float:
                    if net < 0:
                        raise ValueError("pris under noll")
                    return net * (1 + rate)

                @udf
                def code_of(self, product: Optional[str]) -> str | None:
                    return None if product == "secret" else "none" if product is None else product[:3].upper()

                @udf
                def marked(self, n: int) -> str:
                    return f"{self.mark}{n}"

                @udf
                def counted(self) -> int:
                    self.calls += 1
                    return self.calls

                @udf
                async def later(self, n: int) -> int:
                    await asyncio.sleep(0)
                    return n + 1

                @udf
                def surroundings(self, n: int) -> dict:
                    user = get_user_context()
                    return {
                        "user": user and user.username, "mine": self.get_username(),
                        "known": self.is_authenticated(), "header": get_execution_context().get("request_headers")["X-Id"],
                        "project": config.get_setting("project"), "plugins": plugins.list(),
                        "same": plugins.get("till") is self,
                        "rows": db.execute("SELECT count(*) AS n FROM sales")[0]["n"],
                        "seen": db.execute("SELECT get_username() AS u")[0]["u"],
                    }

                @udf
                def who(self, n: int) -> str:
                    return get_user_context().username

                @udf
                def depth(self, n: int) -> int:
                    if n == 0:
                        return 0
                    return db.execute(f"SELECT 1 + depth_till(({n} - 1)::INTEGER) AS d")[0]["d"]

                @udf
                async def depth_async(self, n: int) -> int:
                    if n == 0:
                        return 0
                    return db.execute(f"SELECT 1 + depth_async_till(({n} - 1)::INTEGER) AS d")[0]["d"]

                @udf
                def endless(self, n: int) -> int:
                    return db.execute(f"SELECT endless_till({n + 1}) AS d")[0]["d"]

                @udf
                def told(self, n: int) -> int:
                    asyncio.run(mcp.info(f"row {n}"))
                    return n

                @udf
                def crash(self, n: int) -> int:
                    os._exit(3)

                @udf
                def waits(self, n: int) -> int:
                    open("waiting", "w").close()
                    while True:
                        time.sleep(0.01)

                @udf
                def exits(self, n: int) -> int:
                    raise SystemExit(5)

                @udf
                def stops(self, n: int) -> int:
                    raise StopIteration("no more")

                @udf
                def wrong(self, n: int) -> float:
                    return [n]

                @udf
                def huge(self, n: int) -> int:
                    return 3_000_000_000

                def not_for_sql(self) -> str:
                    return "plain"
            """;

    private static final String ENDPOINTS =
            """
            from mxcp.runtime import db, on_init, plugins

            at_import = db.execute("SELECT code_of_till('import') AS c")[0]["c"]
            at_start = None

            @on_init
            def first():
                global at_start
                at_start = db.execute("SELECT code_of_till('hook') AS c")[0]["c"]

            def early():
                return [at_import, at_start]

            def nested():
                return db.execute("SELECT depth_till(8::INTEGER) AS d")

            async def nested_async():
                return db.execute("SELECT depth_async_till(8::INTEGER) AS d")

            def connection():
                return [list(row) for row in db.connection.execute("SELECT code_of_till('abcd'), marked_other(2)").fetchall()]

            def instance():
                return [plugins.get("till").not_for_sql(), plugins.get("other").mark, plugins.list()]

            def caught():
                import mxcp._worker.errors as errors
                try:
                    db.execute("SELECT with_tax_till(-1, 0.5)")
                except Exception as failure:
                    return [type(failure).__name__, str(failure), db.execute("SELECT 1 AS a")]
            """;

    private EngineProject project;

    @BeforeAll
    void start(@TempDir Path folder) {
        project =
                new EngineProject(folder)
                        .site(
                                """
                                plugin:
                                  - {name: till, module: tariff}
                                  - {name: other, module: tariff, config: other}
                                limits: {connections: 1}
                                """)
                        .user(
                                """
                                mxcp: 1
                                projects:
                                  shop:
                                    profiles:
                                      dev:
                                        plugin: {config: {other: {mark: o}}}
                                """)
                        .write("plugins/tariff/__init__.py", TILL)
                        .write("python/endpoints.py", ENDPOINTS);
        for (String name :
                List.of("early", "nested", "nested_async", "connection", "instance", "caught")) {
            project.tool(name, "python", "{file: ../python/endpoints.py}");
        }
        project.open();
        project.query(
                "CREATE TABLE sales AS FROM (VALUES ('lantern', 2750.4::DOUBLE), ('rope', 0.5), (NULL, 1000000)) v(product, amount)");
    }

    @AfterAll
    void stop() {
        project.close();
    }

    /// R5.6.1
    @Test
    void work_on_rows_and_get_nulls() {
        assertThat(
                        project.query(
                                "SELECT code_of_till(product) AS c, with_tax_till(amount, 0.25) AS p FROM sales ORDER BY amount"))
                .isEqualTo(
                        "[{\"c\":\"ROP\",\"p\":0.625},{\"c\":\"LAN\",\"p\":3438.0},{\"c\":\"none\",\"p\":1250000.0}]");
        assertThat(project.query("SELECT code_of_till('secret') AS c")).isEqualTo("[{\"c\":null}]");
    }

    /// R5.1.3, R5.4.1
    @Test
    void belong_each_to_its_instance() {
        assertThat(project.query("SELECT marked_till(1) AS a, marked_other(1) AS b"))
                .isEqualTo("[{\"a\":\"none1\",\"b\":\"o1\"}]");
        assertThat(
                        project.query(
                                "SELECT count(*) AS n FROM duckdb_functions() WHERE function_name IN ('with_tax_till', 'not_for_sql_till')"))
                .isEqualTo("[{\"n\":1}]");
        assertThat(project.run("instance")).isEqualTo("[\"plain\",\"o\",[\"till\",\"other\"]]");
    }

    @Test
    void are_there_at_import_in_hooks_and_on_connections() {
        assertThat(project.run("early")).isEqualTo("[\"IMP\",\"HOO\"]");
        assertThat(project.run("connection")).isEqualTo("[[\"ABC\",\"o2\"]]");
    }

    @Test
    void work_on_many_rows() {
        assertThat(
                        project.query(
                                "SELECT count(*) AS n, sum(with_tax_till(range, 1)) AS s, count(DISTINCT marked_other(range::INTEGER)) AS d FROM range(100000)"))
                .isEqualTo("[{\"n\":100000,\"s\":9999900000.0,\"d\":100000}]");
    }

    /// R5.4.4
    @Test
    void are_awaited_if_async() {
        assertThat(project.query("SELECT sum(later_till(range::INTEGER)) AS s FROM range(5000)"))
                .isEqualTo("[{\"s\":12502500}]");
    }

    /// R5.4.5: once a statement for constants, and anew in each statement.
    @Test
    void are_called_once_for_constants() {
        String sql =
                "SELECT count(DISTINCT counted_till()) AS d, max(counted_till()) AS m FROM range(10001)";
        String first = project.query(sql);
        assertThat(first).startsWith("[{\"d\":1,");
        assertThat(project.query(sql)).startsWith("[{\"d\":1,").isNotEqualTo(first);
    }

    /// R3.11, R3.12, R5.3.1, R5.3.2, D5
    @Test
    void see_the_call_they_belong_to() {
        assertThat(project.query("SELECT surroundings_till(1) AS s", EngineProject.callOf("ada")))
                .contains(
                        "{\\\"user\\\":\\\"ada\\\",\\\"mine\\\":\\\"ada\\\",\\\"known\\\":true,\\\"header\\\":\\\"7\\\",\\\"project\\\":\\\"shop\\\","
                                + "\\\"plugins\\\":[\\\"till\\\",\\\"other\\\"],\\\"same\\\":true,\\\"rows\\\":3,\\\"seen\\\":\\\"ada\\\"}");
    }

    /// R6.4.1, R6.4.2, R9.4.2
    @Test
    void never_see_another_caller() throws Exception {
        project.query(
                "CREATE TABLE IF NOT EXISTS many AS SELECT range::INTEGER AS n FROM range(300000)");
        try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            var results =
                    IntStream.range(0, 16)
                            .mapToObj(i ->
                                    calls.submit(() ->
                                            project.query(
                                                    "SELECT DISTINCT who_till(n) AS u FROM many",
                                                    EngineProject.callOf("user" + i))))
                            .toList();
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo("[{\"u\":\"user" + i + "\"}]");
            }
        }
    }

    /// R9.4.1: at a pool of one session, from SQL, from sync and from async code, under load.
    @Test
    void call_each_other_many_levels_deep_under_load() throws Exception {
        assertThat(project.query("SELECT depth_till(8::INTEGER) AS d")).isEqualTo("[{\"d\":8}]");
        try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            var results =
                    IntStream.range(0, 32)
                            .mapToObj(i ->
                                    calls.submit(() ->
                                            switch (i % 3) {
                                                case 0 -> project.run("nested");
                                                case 1 -> project.run("nested_async");
                                                default ->
                                                        project.query(
                                                                "SELECT max(depth_till(8::INTEGER + (n % 1)::INTEGER)) AS d FROM range(3000) t(n)");
                                            }))
                            .toList();
            for (var result : results) {
                assertThat(result.get()).isEqualTo("[{\"d\":8}]");
            }
        }
    }

    @Test
    void end_when_they_call_themselves_for_ever() {
        assertThatThrownBy(() -> project.query("SELECT endless_till(0)"))
                .isInstanceOf(EndpointFailed.class)
                .hasMessageContaining("does one call itself?");
        assertThat(project.query("SELECT marked_till(1) AS a")).contains("none1");
    }

    @Test
    void speak_to_the_client_of_the_call() {
        var messages = new CopyOnWriteArrayList<String>();
        var client =
                new ClientMessages() {
                    @Override
                    public void log(String level, @Nullable String logger, @Nullable Object data) {
                        messages.add(level + " " + data);
                    }

                    @Override
                    public void progress(
                            double progress, @Nullable Double total, @Nullable String message) {}
                };
        project.query(
                "SELECT told_till(range::INTEGER) FROM range(2)",
                EngineProject.call(Caller.ANONYMOUS, client));
        assertThat(messages).containsExactly("info row 0", "info row 1");
    }

    /// R5.6.2
    @Test
    void name_themselves_and_their_exception() {
        assertThatThrownBy(
                        () -> project.query("SELECT with_tax_till(amount - 600, 0.25) FROM sales"))
                .isInstanceOf(EndpointFailed.class)
                .hasMessage(
                        "Failed to execute SQL: Invalid Input Error: Python exception occurred while executing the UDF:"
                                + " ValueError: pris under noll [SQL function with_tax_till]");
        assertThat(project.run("caught"))
                .isEqualTo(
                        "[\"InvalidInputException\",\"Invalid Input Error: Python exception occurred while executing the UDF:"
                                + " ValueError: pris under noll [SQL function with_tax_till]\",[{\"a\":1}]]");
        assertThatThrownBy(() -> project.query("SELECT exits_till(1)"))
                .hasMessageContaining("SystemExit: 5");
        assertThatThrownBy(() -> project.query("SELECT stops_till(1)"))
                .hasMessageContaining("StopIteration");
    }

    /// R5.5, R5.6.3
    @Test
    void must_give_what_they_promise() {
        assertThatThrownBy(() -> project.query("SELECT wrong_till(1)"))
                .hasMessageContaining(
                        "Failed to cast value: a result of type list is no DOUBLE [SQL function wrong_till]");
        assertThatThrownBy(() -> project.query("SELECT huge_till(1)"))
                .hasMessageContaining("Python Conversion Failure")
                .hasMessageContaining("huge_till");
        assertThat(project.query("SELECT marked_till(1) AS a")).contains("none1");
    }

    /// R9.4.4, R9.9
    @Test
    void take_only_their_statement_along_when_the_worker_crashes() {
        assertThatThrownBy(
                        () -> project.query("SELECT crash_till(range::INTEGER) FROM range(10000)"))
                .isInstanceOf(EndpointFailed.class)
                .hasMessageContaining("Python worker stopped (exit code 3)");
        // waits for the worker's successor
        assertThat(project.query("SELECT marked_other(5) AS a")).isEqualTo("[{\"a\":\"o5\"}]");
    }

    @Test
    void let_go_when_the_call_is_cancelled() throws Exception {
        CallContext call = EngineProject.call();
        var asked = new CountDownLatch(1);
        try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            var result =
                    calls.submit(() -> {
                        asked.countDown();
                        return project.query("SELECT waits_till(1)", call);
                    });
            asked.await();
            while (!project.wrote("waiting")) {
                Thread.onSpinWait();
            }
            call.cancellation().cancel("no longer wanted");
            assertThatThrownBy(result::get)
                    .cause()
                    .isInstanceOf(CallCancelled.class)
                    .hasMessage("no longer wanted");
        }
        assertThat(project.query("SELECT marked_till(1) AS a")).contains("none1");
    }
}
