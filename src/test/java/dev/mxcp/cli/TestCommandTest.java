package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mxcp test` as scripts and people start it (cli Q3)
class TestCommandTest {
    @TempDir private Path temporary;
    private CliProcess shop;

    @BeforeEach
    void copyProject() {
        shop = CliProcess.inCopyOf("cli-tests", temporary);
    }

    /// Q3.6, C0.7
    @Test
    void prints_one_json_document_with_the_stated_keys() throws Exception {
        var ended = shop.run("test", "--json-output", "--coverage", "--junit", "out/tests.xml");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.json().get("status")).isEqualTo("ok");
        Map<?, ?> result = map(ended.json().get("result"));
        assertThat(result.get("status")).isEqualTo("failed");
        assertThat(result.get("tests_run")).isEqualTo(4L);
        List<?> endpoints = list(result.get("endpoints"));
        assertThat(endpoints)
                .extracting(entry -> String.valueOf(map(entry).get("endpoint")))
                .containsExactly(
                        "tool/seen_by",
                        "tool/stock",
                        "resource/stock://{item}/card",
                        "prompt/offer");
        Map<?, ?> stock = map(map(endpoints.get(1)).get("test_results"));
        assertThat(map(endpoints.get(1)).get("path")).isEqualTo("tools/stock.yml");
        assertThat(stock.get("no_tests")).isEqualTo(false);
        Map<?, ?> failed = map(list(stock.get("tests")).get(1));
        assertThat(failed.keySet().toString())
                .isEqualTo("[name, description, status, error, expected, actual, time]");
        assertThat(String.valueOf(failed.get("error"))).contains("at left: expected 4, got 3");
        assertThat(map(map(endpoints.get(2)).get("test_results")).get("no_tests")).isEqualTo(true);
        assertThat(map(result.get("coverage")).get("untested"))
                .isEqualTo(List.of("resource/stock://{item}/card"));
        assertThat(ended.err()).contains("a line of user code");
        assertThat(Files.readString(shop.folder().resolve("out/tests.xml")))
                .contains("<failure message=");
    }

    @Test
    void shows_people_what_failed_first_and_aligned() {
        var ended = shop.run("test");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .containsSubsequence(
                        "Failed (1)",
                        "✗ tool/stock",
                        "one too many",
                        "tools/stock.yml:21:",
                        "expected           actual",
                        "!   \"left\": 4          \"left\": 3",
                        "Passed (3)",
                        "resource/stock://{item}/card",
                        "(No tests)",
                        "4 endpoints, 4 tests: 3 passed, 1 failed, 0 errors")
                .doesNotContain("\u001b");
    }

    /// Q3.1, Q3.7
    @Test
    void tests_one_endpoint_or_one_kind() {
        var one = shop.run("test", "prompt", "offer", "--json");
        assertThat(map(one.result()).get("status")).isEqualTo("ok");
        assertThat(list(map(one.result()).get("tests"))).hasSize(1);

        assertThat(shop.run("test", "resource", "card").code()).isZero();
        assertThat(shop.run("test", "tool", "-k", "letters").out())
                .contains("1 endpoint, 1 test: 1 passed");
        assertThat(shop.run("test", "tols").code()).isEqualTo(2);
    }

    /// Q3.6
    @Test
    void an_unknown_endpoint_is_an_error_with_a_suggestion() {
        var ended = shop.run("test", "tool", "stok", "--json");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(map(ended.json().get("result")).get("message"))
                .isEqualTo("Endpoint not found: tool/stok; did you mean 'stock'?");
        assertThat(shop.run("test", "tool", "stok").err())
                .contains("Endpoint not found: tool/stok");
    }

    /// Q3.6, Q1: with its place, beside the tests of the other files
    @Test
    void a_broken_file_is_an_error() throws Exception {
        Files.writeString(shop.folder().resolve("tools/broken.yml"), "mxcp: 1\ntool:\n  nam: x\n");

        var ended = shop.run("test", "--json");

        assertThat(ended.code()).isEqualTo(1);
        Map<?, ?> result = map(ended.json().get("result"));
        assertThat(result.get("status")).isEqualTo("error");
        Map<?, ?> broken = map(list(result.get("endpoints")).getLast());
        assertThat(String.valueOf(broken.get("endpoint"))).endsWith("/tools/broken.yml");
        assertThat(String.valueOf(broken.get("message"))).contains("tool.nam: unknown key (line 3");
        assertThat(result.get("tests_run")).isEqualTo(4L);
    }

    /// Q3.5
    @Test
    void a_user_of_the_command_line_stands_for_all() {
        var ended = shop.run("test", "tool", "seen_by", "-u", "{\"role\": \"boss\"}", "--json");

        assertThat(
                        map(
                                map(list(map(ended.json().get("result")).get("tests")).getFirst())
                                        .get("actual")))
                .isEqualTo(Map.of("user", "cli_user", "role", "boss", "transport", "cli-test"));
        assertThat(shop.run("test", "-u", "[]").code()).isEqualTo(2);
    }

    /// C0.2, C0.10, R1.1: what keeps a run from beginning
    @Test
    void says_why_it_cannot_run() throws Exception {
        var nowhere = CliProcess.in(temporary, temporary.resolve("home")).run("test", "--json");
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(String.valueOf(nowhere.json().get("error"))).contains("mxcp-site.yml not found");

        var noPython = shop.with("MXCP_PYTHON", "/nonexistent/python").run("test");
        assertThat(noPython.code()).isEqualTo(1);
        assertThat(noPython.err()).contains("Error: ", "/nonexistent/python");
        shop.with("MXCP_PYTHON", "");

        Process holder =
                shop.builder("serve", "--transport", "stdio").redirectErrorStream(false).start();
        try (var in = holder.getOutputStream();
                BufferedReader out = holder.inputReader()) {
            in.write(
                    ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                                    + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}\n")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            in.flush();
            assertThat(out.readLine()).contains("serverInfo");

            var locked = shop.run("test", "--json");
            assertThat(locked.code()).isEqualTo(1);
            assertThat(String.valueOf(locked.json().get("error")))
                    .contains("is in use by process " + holder.pid());
        } finally {
            holder.destroy();
            assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// --update, not on a terminal
    @Test
    void accepts_what_it_saw_after_showing_it() {
        var ended = shop.run("test", "--update");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("one too many: result", "Updated 1 test");
        assertThat(shop.run("test").code()).isZero();
    }

    /// --watch
    @Test
    void runs_again_when_a_file_changes_and_ends_with_a_signal() throws Exception {
        assertThat(shop.run("test", "--watch", "--json").code()).isEqualTo(2);

        Process watching = shop.builder("test", "tool", "stock", "--watch").start();
        try (BufferedReader out = watching.inputReader()) {
            assertThat(until(out, "Waiting for changes")).contains("1 failed");
            Path file = shop.folder().resolve("tools/stock.yml");
            Files.writeString(file, Files.readString(file).replace("left: 4", "left: 3"));
            assertThat(until(out, "Waiting for changes")).contains("2 passed, 0 failed");
            watching.destroy();
            assertThat(watching.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(watching.exitValue()).isZero();
        } finally {
            watching.destroyForcibly();
        }
    }

    private static String until(BufferedReader out, String line) throws Exception {
        var text = new StringBuilder();
        String read = out.readLine();
        while (read != null && !read.contains(line)) {
            text.append(read).append('\n');
            read = out.readLine();
        }
        assertThat(read).as(text.toString()).isNotNull();
        return text.toString();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }
}
