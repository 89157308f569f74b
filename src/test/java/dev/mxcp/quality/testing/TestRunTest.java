package dev.mxcp.quality.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.problem.MxcpException.CallCancelled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// cli Q3 with real engines
class TestRunTest {
    @TempDir private Path folder;
    private Shop shop;

    @BeforeEach
    void emptyShop() {
        shop = new Shop(folder);
    }

    /// Q3.6
    @Test
    void tells_failures_from_errors() {
        shop.tool(
                "half",
                "parameters: [{name: of, type: integer}]\nsource: {code: 'SELECT $of / 2 AS half'}\nreturn: {type: number}",
                """
                - {name: holds, arguments: [{key: of, value: 3}], result: 1.5}
                - {name: does not, arguments: [{key: of, value: 4}], result: 1.5}
                - {name: cannot, arguments: [{key: of, value: x}]}
                - {name: only called, arguments: [{key: of, value: 1}]}
                """);

        var report = shop.run();

        assertThat(states(report)).containsExactly("passed", "failed", "error", "passed");
        assertThat(report.status()).isEqualTo(Status.ERROR);
        assertThat(errors(report).get(1)).contains("expected 1.5, got 2");
        assertThat(errors(report).get(2)).contains("'of'", "Expected integer");
    }

    /// Our extension: a call that must fail
    @Test
    void a_failure_can_be_expected() {
        shop.tool(
                "half",
                "parameters: [{name: of, type: integer, minimum: 1}]\nsource: {code: 'SELECT $of AS half'}",
                """
                - {name: refused, arguments: [{key: of, value: 0}], error_contains: "'of'"}
                - {name: refused otherwise, arguments: [{key: of, value: 0}], error_contains: nothing}
                - {name: not refused, arguments: [{key: of, value: 1}], error_contains: "'of'"}
                """);

        var report = shop.run();

        assertThat(states(report)).containsExactly("passed", "failed", "failed");
        assertThat(errors(report).get(1))
                .startsWith("Expected an error that contains \"nothing\", got: ");
        assertThat(errors(report).get(2)).contains("but the call gave [{\"half\":1}]");
    }

    /// A13, R2.12
    @Test
    void each_test_has_its_own_user_unless_one_is_given_for_all() {
        shop.tool(
                "who",
                "source: {code: \"SELECT get_username() || '/' || get_user_provider() AS who\"}\nreturn: {type: string}",
                """
                - {name: named, user_context: {username: ana}, result: ana/test}
                - {name: unnamed, user_context: {role: clerk}, result: test_user/test}
                - {name: nobody, result_contains_text: None}
                """);

        assertThat(states(shop.run())).containsExactly("passed", "passed", "passed");

        var all = Caller.played("cli", "cli_user", Map.of("username", "eva"));
        var report =
                shop.run(
                        new TestRun.Options(
                                all, null, TestFilter.of("named"), 1, new Cancellation()));
        assertThat(errors(report)).allMatch(error -> error.contains("eva/cli"));
        assertThat(report.testsRun()).isEqualTo(2);
    }

    /// Q3.3
    @Test
    void of_a_prompt_the_last_word_of_the_assistant_counts() {
        shop.write(
                "prompts/chat.yml",
                """
                mxcp: 1
                prompt:
                  name: chat
                  parameters: [{name: n, type: integer}]
                  messages:
                    - {role: assistant, prompt: first}
                    - {role: assistant, prompt: ' {"n": {{ n }}} '}
                    - {role: user, prompt: thanks}
                  tests:
                    - {name: json, arguments: [{key: n, value: 4}], result: {n: 4}}
                """);
        shop.write(
                "prompts/ask.yml",
                """
                mxcp: 1
                prompt:
                  name: ask
                  messages: [{prompt: Hello, type: text}]
                  tests:
                    - {name: list, result: [{prompt: Hello, role: null, type: text}]}
                """);

        assertThat(states(shop.run())).containsExactly("passed", "passed");
    }

    /// issue 6.3
    @Test
    void what_a_test_wrote_is_undone_when_it_says_so() {
        shop.tool(
                "add",
                "source: {code: 'CREATE TABLE IF NOT EXISTS t (a INTEGER); INSERT INTO t VALUES (1); SELECT count(*) AS n FROM t'}\nreturn: {type: integer}",
                """
                - {name: first, isolation: rollback, result: 1}
                - {name: again, isolation: rollback, result: 1}
                - {name: kept, result: 1}
                - {name: seen, isolation: rollback, result: 2}
                """);

        assertThat(errors(shop.run())).isEmpty();
    }

    /// What ends its own transaction cannot be undone, and that is said
    @Test
    void a_call_that_ends_the_transaction_is_an_error() {
        shop.tool(
                "commits",
                "source: {code: 'CREATE TABLE t (a INTEGER); COMMIT; SELECT 1 AS a'}",
                "- {name: x, isolation: rollback}\n");

        assertThat(errors(shop.run()).getFirst()).contains("ended the transaction");
    }

    /// R3.6: Python's statements are in the transaction, functions of plugins beside it
    @Test
    void python_and_plugins_take_part_in_what_is_undone() {
        shop.write("python/stock.py", STOCK)
                .write("plugins/tax.py", PLUGIN)
                .write(
                        "mxcp-site.yml",
                        "mxcp: 1\nproject: shop\nprofile: dev\nplugin: [{name: t, module: tax}]\n");
        shop.tool(
                "stock",
                "language: python\nsource: {file: ../python/stock.py}\nreturn: {type: array}",
                """
                - {name: first, isolation: rollback, result: [1, 12]}
                - {name: again, isolation: rollback, result: [1, 12]}
                """);

        assertThat(errors(shop.run())).isEmpty();
    }

    private static final String STOCK =
            """
            from mxcp.runtime import db

            def stock():
                db.execute("CREATE TABLE item (price INTEGER)")
                db.execute("INSERT INTO item VALUES (6)")
                rows = db.execute("SELECT count(*) AS n, max(twice_t(price)) AS tax FROM item")
                return [rows[0]["n"], rows[0]["tax"]]
            """;

    private static final String PLUGIN =
            """
            from mxcp.plugins import MXCPBasePlugin, udf
            from mxcp.runtime import db

            class MXCPPlugin(MXCPBasePlugin):
                @udf
                def twice(self, price: int) -> int:
                    return price * db.execute("SELECT 2 AS two")[0]["two"]
            """;

    /// Q3.1: hooks once a run; Q3.6: in the order of the files, whatever runs beside what
    @Test
    void hooks_run_once_and_reports_keep_their_order() throws Exception {
        shop.write(
                "python/hooks.py",
                """
                from pathlib import Path
                from mxcp.runtime import db, on_init, on_shutdown

                @on_init
                def start():
                    db.execute("CREATE TABLE log (n INTEGER)")
                    with open(Path(__file__).parent / "hooks.txt", "a") as f: f.write("init ")

                @on_shutdown
                def stop():
                    with open(Path(__file__).parent / "hooks.txt", "a") as f: f.write("shutdown ")
                """);
        for (int i = 0; i < 9; i++) {
            // every third one writes, and its neighbours see it or not as if one came after another
            String sql =
                    i % 3 == 2
                            ? "INSERT INTO log VALUES (1) RETURNING n"
                            : "SELECT count(*) AS n FROM log";
            String expected = i % 3 == 2 ? "1" : String.valueOf(i / 3);
            shop.tool(
                    "t" + i,
                    "source: {code: '" + sql + "'}\nreturn: {type: integer}",
                    "- {name: n, result: " + expected + "}\n");
        }

        var report = shop.run();

        assertThat(errors(report)).isEmpty();
        assertThat(report.endpoints())
                .extracting(EndpointReport::label)
                .containsExactly(
                        "tool/t0", "tool/t1", "tool/t2", "tool/t3", "tool/t4", "tool/t5", "tool/t6",
                        "tool/t7", "tool/t8");
        assertThat(Files.readString(shop.file("python/hooks.txt"))).isEqualTo("init shutdown ");
    }

    /// -k
    @Test
    void a_filter_leaves_out_endpoints_without_a_wanted_test() {
        shop.tool("stock", "source: {code: SELECT 1 AS a}", "- {name: One}\n- {name: two}\n");
        shop.tool("price", "source: {code: SELECT 1 AS a}", "- {name: three}\n");

        assertThat(labels("stock::*")).containsExactly("tool/stock::One", "tool/stock::two");
        assertThat(labels("tool/*")).hasSize(3);
        assertThat(labels("one")).containsExactly("tool/stock::One");
        assertThat(labels("t?o")).containsExactly("tool/stock::two");
        assertThat(labels("nothing")).isEmpty();
    }

    @Test
    void a_cancelled_run_ends() {
        shop.tool(
                "slow",
                "source: {code: SELECT count(*) AS n FROM range(1e12::BIGINT) t(x) WHERE x % 7 = 3}",
                "- {name: one}\n- {name: two}\n");
        var cancellation = new Cancellation();
        Thread.ofVirtual().start(() -> cancellation.cancel("interrupted"));

        assertThatThrownBy(() ->
                        shop.run(new TestRun.Options(null, null, TestFilter.ALL, 1, cancellation)))
                .isInstanceOf(CallCancelled.class)
                .hasMessage("interrupted");
    }

    /// --update
    @Test
    void failed_expectations_can_be_replaced_by_what_came() throws Exception {
        shop.tool(
                "rows",
                "source: {code: SELECT x AS id FROM range(3) t(x)}",
                """
                - name: all # of them
                  result: [{id: 7}]
                - {name: count, result_length: 9}
                - {name: item, result_contains_item: {id: 9}}
                """);

        var changes = Acceptance.changes(shop.run());
        assertThat(changes)
                .extracting(Acceptance.Change::key)
                .containsExactly("result", "result_length");
        assertThat(Acceptance.write(changes)).isEmpty();

        assertThat(Files.readString(shop.file("tools/rows.yml")))
                .contains("name: all # of them", "- id: 0\n", "{name: count, result_length: 3}");
        assertThat(states(shop.run())).containsExactly("passed", "passed", "failed");
    }

    /// --coverage
    @Test
    void coverage_names_endpoints_without_a_test_that_ran() {
        shop.tool("stock", "source: {code: SELECT 1 AS a}", "- {name: one}\n");
        shop.write(
                "tools/bare.yml",
                "mxcp: 1\ntool:\n  name: bare\n  source: {code: SELECT 1 AS a}\n");

        var covered = Coverage.of(shop.catalog(), shop.run());

        assertThat(covered.endpoints()).isEqualTo(2);
        assertThat(covered.untested()).containsExactly("tool/bare");
    }

    /// --junit
    @Test
    void the_junit_report_has_failures_errors_and_broken_files() {
        shop.tool(
                "stock",
                "source: {code: 'SELECT ''<&>'' AS a'}\nreturn: {type: string}",
                "- {name: 'a \"b\"', result: x}\n- {name: c, arguments: [{key: z, value: 1}]}\n");
        shop.write("tools/broken.yml", "mxcp: 1\ntool: {name: broken}\n");

        String xml = JUnitReport.xml(shop.run());

        assertThat(xml)
                .contains(
                        "<testsuites name=\"mxcp\" tests=\"3\" failures=\"1\" errors=\"2\">",
                        "name=\"a &quot;b&quot;\" file=\"tools/stock.yml\"",
                        "<failure message=\"Result does not match: expected &quot;x&quot;, got &quot;&lt;&amp;&gt;&quot;\"",
                        "<error message=\"Unknown parameter: z (none is declared)\"",
                        "<testsuite name=\"tools/broken.yml\"");
    }

    private List<String> labels(String pattern) {
        var options =
                new TestRun.Options(null, null, TestFilter.of(pattern), 2, new Cancellation());
        return shop.run(options).endpoints().stream()
                .flatMap(one ->
                        one.tests().stream().map(test -> one.label() + "::" + test.test().name()))
                .toList();
    }

    private static List<String> states(TestReport report) {
        return report.endpoints().stream()
                .flatMap(one -> one.tests().stream())
                .map(test -> test.status().word())
                .toList();
    }

    private static List<String> errors(TestReport report) {
        return report.endpoints().stream()
                .flatMap(one -> one.tests().stream())
                .map(TestOutcome::error)
                .map(error -> Objects.requireNonNullElse(error, ""))
                .filter(error -> !error.isEmpty() || report.status() != Status.PASSED)
                .toList();
    }
}
