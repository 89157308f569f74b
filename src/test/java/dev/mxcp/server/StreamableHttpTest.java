package dev.mxcp.server;

import static dev.mxcp.server.FakeRunner.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.mxcp.engine.call.Result;
import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.project.Endpoint.ToolAnnotations;
import dev.mxcp.server.mcp.session.Sessions;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The legacy era over real HTTP (M5-M7, M13, M14, M18-M20).
class StreamableHttpTest {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final FakeRunner runner =
            new FakeRunner()
                    .tool("echo", FakeRunner.object(), (arguments, _) -> result(arguments))
                    .tool("rows", FakeRunner.list(), (_, _) -> result(List.of(Map.of("a", 1L))))
                    .tool("words", FakeRunner.text(), (_, _) -> result("a \"b\"\nc"))
                    .tool("bare", null, (_, _) -> result(List.of(1L)))
                    .tool("nothing", null, (_, _) -> result(null))
                    .tool(
                            "hinted",
                            null,
                            new ToolAnnotations("Hinted", true, null, null, null),
                            (_, _) -> result(1L))
                    .tool(
                            "talk",
                            null,
                            (_, call) -> {
                                call.client().log("debug", null, "too low");
                                call.client().log("info", "lg", "one");
                                call.client().progress(1, 2.0, "half");
                                call.client().log("error", null, Map.of("two", 2L));
                                call.client().progress(2, 2.0, null);
                                return result("done");
                            })
                    .tool("wait", null, (_, call) -> waiting(call.cancellation()::check))
                    .tool("rejects", null, (_, _) -> fail(new CallRejected("a: too long")))
                    .tool("fails", null, (_, _) -> fail(new EndpointFailed("no table", null)))
                    .tool("closed", null, (_, _) -> fail(new Unavailable("busy", null)))
                    .tool("broken", null, (_, _) -> fail(new IllegalStateException("secret")));
    private Server server = start(false, Sessions.Limits.DEFAULT);
    private HttpProbe probe = new HttpProbe(server.port());

    @AfterEach
    void close() {
        release.countDown();
        probe.close();
        server.close(Duration.ZERO);
    }

    private Server start(boolean stateless, Sessions.Limits limits) {
        InstantSource clock = now::get;
        return Server.startHttp(
                runner,
                new Server.HttpOptions("127.0.0.1", 0, stateless, List.of(), List.of(), null),
                "9.9",
                limits,
                clock);
    }

    private void restart(boolean stateless, Sessions.Limits limits) {
        probe.close();
        server.close(Duration.ZERO);
        server = start(stateless, limits);
        probe = new HttpProbe(server.port());
    }

    private Result waiting(Runnable check) {
        entered.countDown();
        while (true) {
            check.run();
            try {
                if (release.await(5, TimeUnit.MILLISECONDS)) {
                    return result("released");
                }
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private static Result fail(RuntimeException failure) {
        throw failure;
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05,2024-11-05",
        "2025-03-26,2025-03-26",
        "2025-06-18,2025-06-18",
        "2025-11-25,2025-11-25",
        "2026-07-28,2025-11-25",
        "soon,2025-11-25"
    })
    void agrees_on_a_revision(String wanted, String agreed) { // M1.2, M1.3
        var reply = probe.send(HttpProbe.initialize(wanted));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Mcp-Session-Id")).matches("[0-9a-f]{32}"); // M7.2
        assertThat(reply.result()).containsEntry("protocolVersion", agreed);
        assertThat(reply.result())
                .containsEntry("serverInfo", Map.of("name", "MXCP Server", "version", "9.9"));
        assertThat((Map<?, ?>) reply.result().get("capabilities"))
                .extracting("tools", "prompts", "logging")
                .doesNotContainNull();
    }

    @Test
    void initialize_needs_its_parameters() { // M11.1
        var reply = probe.ask("initialize", "{\"protocolVersion\":\"2025-06-18\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.error()).containsEntry("code", -32602L);
        assertThat(reply.header("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void a_second_initialize_is_refused() { // M11.2
        var reply = probe.opened("2025-06-18").send(HttpProbe.initialize("2025-06-18"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).containsEntry("code", -32600L);
    }

    @Test
    void knows_a_session_from_initialize_to_delete() { // M7.3, M7.4
        assertThat(probe.ask("ping", "{}").status()).isEqualTo(400);
        assertThat(probe.send(HttpProbe.request(1, "ping", "{}"), "Mcp-Session-Id", "x").status())
                .isEqualTo(404);
        probe.opened("2025-06-18");
        var initialized =
                probe.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        assertThat(initialized.status()).isEqualTo(202);
        assertThat(initialized.body()).isEmpty();
        assertThat(probe.ask("ping", "{}").message())
                .containsExactly(
                        entry("jsonrpc", "2.0"), entry("id", 7L), entry("result", Map.of()));
        assertThat(probe.exchange("DELETE").status()).isEqualTo(204);
        assertThat(probe.ask("ping", "{}").status()).isEqualTo(404);
        assertThat(probe.exchange("DELETE").status()).isEqualTo(404);
    }

    @Test
    void sessions_expire_when_idle_and_are_bounded() { // M7.6
        restart(false, new Sessions.Limits(1, Duration.ofMinutes(30)));
        probe.opened("2025-06-18");
        now.set(now.get().plus(Duration.ofMinutes(29)));
        assertThat(probe.ask("ping", "{}").status()).isEqualTo(200);
        try (var other = new HttpProbe(server.port())) {
            assertThat(other.send(HttpProbe.initialize("2025-06-18")).status()).isEqualTo(503);
            now.set(now.get().plus(Duration.ofMinutes(31)));
            assertThat(probe.ask("ping", "{}").status()).isEqualTo(404);
            assertThat(other.send(HttpProbe.initialize("2025-06-18")).status()).isEqualTo(200);
        }
    }

    @Test
    void ids_keep_their_type() { // M4.8
        probe.opened("2025-06-18");

        var text = probe.send("{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"method\":\"ping\"}");

        assertThat(text.message()).containsEntry("id", "7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "[]",
                "7"
            })
    void malformed_messages_are_400(String body) { // M4, M5.5, M3.4
        var reply = probe.opened("2025-06-18").send(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).containsEntry("code", -32600L);
    }

    @Test
    void after_garbage_the_next_call_works() { // M3.3, M6.15
        probe.opened("2025-06-18");
        String deep = "[".repeat(100_000);

        for (String bad : List.of("{", "{} {}", "", deep, "{\"a\":\u0000}")) {
            var reply = probe.send(bad);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.message()).containsEntry("id", null);
            assertThat(reply.error()).containsEntry("code", -32700L);
        }
        assertThat(probe.call("echo", "{\"a\":1}").text()).isEqualTo("{\"a\":1}");
    }

    @Test
    void a_huge_body_is_refused_and_the_next_call_works() { // M6.15, 413
        probe.opened("2025-06-18");
        byte[] huge = new byte[50 * 1024 * 1024];

        var announced =
                probe.exchange(
                        HttpRequest.newBuilder(probe.uri())
                                .POST(HttpRequest.BodyPublishers.ofByteArray(huge)));
        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.error()).containsEntry("code", -32600L);
        assertThat(probe.call("echo", "{}").status()).isEqualTo(200);
    }

    @Test
    void a_body_in_chunks_is_limited_too() {
        runner.requestBytes(1000);
        restart(false, Sessions.Limits.DEFAULT);
        probe.opened("2025-06-18");

        var chunked =
                probe.exchange(
                        HttpRequest.newBuilder(probe.uri())
                                .POST(
                                        HttpRequest.BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(new byte[5000]))));

        assertThat(chunked.status()).isEqualTo(413);
        assertThat(probe.call("echo", "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type,text/plain,415",
        "Content-Type,'',415",
        "Content-Type,application/json; charset=utf-8,200",
        "Content-Type,APPLICATION/JSON,200",
        "Accept,text/html,406",
        "Accept,'',200",
        "Accept,*/*,200",
        "Accept,'application/*;q=0.5',200",
        "Accept,text/event-stream,200",
        "Origin,http://evil.example,403",
        "Origin,null,403",
        "Origin,http://localhost:3000,200",
        "Origin,http://localhost.evil.example,403",
        "MCP-Protocol-Version,2025-03-26,200",
        "MCP-Protocol-Version,2026-07-28,400",
        "MCP-Protocol-Version,1999-01-01,400"
    })
    void checks_headers(String name, String value, int status) { // M6.2-M6.8, M7.7
        probe.opened("2025-06-18");

        var reply = probe.send(HttpProbe.request(1, "ping", "{}"), headers(name, value));

        assertThat(reply.status()).isEqualTo(status);
    }

    private static String[] headers(String name, String value) {
        return new String[] {name, value};
    }

    @Test
    void refuses_foreign_hosts_on_loopback() throws Exception { // M6.3
        assertThat(rawStatus("Host: evil.example")).isEqualTo(403);
        assertThat(rawStatus("Host: localhost:9")).isEqualTo(400); // only the session is missing
        assertThat(rawStatus("Host: [::1]:9")).isEqualTo(400);
    }

    private int rawStatus(String host) throws Exception {
        return Integer.parseInt(raw(host, HttpProbe.request(1, "ping", "{}")).substring(9, 12));
    }

    @Test
    void connections_are_closed_as_agreed_when_the_answer_is_complete() throws Exception {
        String talk = "{\"name\":\"slow\",\"_meta\":{\"progressToken\":\"p\"}}";
        runner.tool(
                "slow",
                null,
                (_, call) -> {
                    call.client().progress(1, null, null);
                    return result("é".repeat(100_000));
                });
        restart(true, Sessions.Limits.DEFAULT);

        String answer = raw("Host: localhost", HttpProbe.request(1, "tools/call", talk));

        assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("\n\n\r\n0\r\n\r\n");
    }

    /// Everything that comes over a connection that both sides agreed to close.
    private String raw(String host, String body) throws Exception {
        String request =
                "POST /mcp HTTP/1.1\r\n%s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(host, body.length(), body);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(5000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void knows_methods_and_paths() { // M5.5, V2, M3.1
        probe.opened("2025-06-18");
        var put = probe.exchange("PUT");
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.header("Allow")).isEqualTo("GET, POST, DELETE");
        var later = probe.exchange("DELETE", "MCP-Protocol-Version", "2026-07-28");
        assertThat(later.status()).isEqualTo(405);
        assertThat(later.header("Allow")).isEqualTo("POST");
        assertThat(
                        probe.exchange(
                                        HttpRequest.newBuilder(probe.uri().resolve("/nothing"))
                                                .GET())
                                .status())
                .isEqualTo(404);
        var slash =
                probe.exchange(
                        HttpRequest.newBuilder(probe.uri().resolve("/mcp/"))
                                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(slash.status()).isEqualTo(307);
        assertThat(slash.header("Location")).isEqualTo("/mcp");
    }

    @Test
    void an_unknown_method_is_an_error_in_a_200() { // M5.5
        var reply = probe.opened("2025-06-18").ask("tasks/list", "{}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.error()).containsEntry("code", -32601L);
    }

    @Test
    void lists_tools_as_the_revision_has_them() { // M1.7, V9, V12
        var old = tools(probe.opened("2024-11-05"));
        assertThat(old.get("hinted")).doesNotContainKeys("annotations", "outputSchema");
        restart(false, Sessions.Limits.DEFAULT);
        var newer = tools(probe.opened("2025-03-26"));
        assertThat(newer.get("hinted"))
                .containsEntry("annotations", Map.of("title", "Hinted", "readOnlyHint", true))
                .containsEntry("description", "does hinted");
        assertThat(newer.get("echo")).doesNotContainKey("outputSchema");
        restart(false, Sessions.Limits.DEFAULT);
        var newest = tools(probe.opened("2025-06-18"));
        assertThat(newest.get("echo")).containsKey("outputSchema");
        assertThat((Map<?, ?>) HttpProbe.at(newest, "rows", "outputSchema"))
                .extracting("type", "required")
                .containsExactly("object", List.of("result"));
        assertThat(newest.get("bare")).doesNotContainKey("outputSchema");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> tools(HttpProbe probe) {
        var byName = new LinkedHashMap<String, Map<String, Object>>();
        ((List<Map<String, Object>>) HttpProbe.at(probe.ask("tools/list", "{}").result(), "tools"))
                .forEach(tool -> byName.put((String) tool.get("name"), tool));
        return byName;
    }

    @Test
    void lists_come_in_pages() { // M13
        for (int i = 0; i < 2500; i++) {
            runner.tool("t" + i, null, (_, _) -> result(1L));
        }
        restart(false, Sessions.Limits.DEFAULT);
        probe.opened("2025-06-18");
        var names = new ArrayList<Object>();
        String params = "{}";
        int pages = 0;
        while (true) {
            var page = probe.ask("tools/list", params).result();
            ((List<?>) HttpProbe.at(page, "tools"))
                    .forEach(tool -> names.add(HttpProbe.at(Objects.requireNonNull(tool), "name")));
            pages++;
            if (!page.containsKey("nextCursor")) {
                break;
            }
            params = "{\"cursor\":\"%s\"}".formatted(page.get("nextCursor"));
        }
        assertThat(pages).isEqualTo(3);
        assertThat(names).hasSize(2512).doesNotHaveDuplicates();
        for (String bad : List.of("\"x\"", "\"\"", "5")) {
            assertThat(probe.ask("tools/list", "{\"cursor\":" + bad + "}").error())
                    .containsEntry("code", -32602L);
        }
    }

    @Test
    void results_have_text_and_structure() { // V12, M14.19-M14.24
        probe.opened("2025-06-18");
        assertThat(probe.call("echo", "{\"a\":[1,\"é\"]}").body())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[{\"type\":\"text\",\"text\":"
                                + "\"{\\\"a\\\":[1,\\\"é\\\"]}\"}],\"structuredContent\":{\"a\":[1,\"é\"]},\"isError\":false}}");
        assertThat(probe.call("rows", "{}").result())
                .containsEntry("structuredContent", Map.of("result", List.of(Map.of("a", 1L))));
        var words = probe.call("words", "{}");
        assertThat(words.text()).isEqualTo("a \"b\"\nc");
        assertThat(words.result())
                .containsEntry("structuredContent", Map.of("result", "a \"b\"\nc"));
        assertThat(probe.call("bare", "{}").result()).doesNotContainKey("structuredContent");
        assertThat(probe.call("nothing", "{}").result()).containsEntry("content", List.of());
        restart(false, Sessions.Limits.DEFAULT);
        assertThat(probe.opened("2025-03-26").call("echo", "{}").result())
                .doesNotContainKey("structuredContent"); // M14.23
    }

    @Test
    void failures_of_tools_are_results_or_errors() { // M14.13, V13, M5.7
        probe.opened("2025-06-18");
        assertToolError("rejects", "Error executing tool rejects: a: too long");
        assertToolError("fails", "Error executing tool fails: no table");
        var unknown = probe.call("absent", "{}");
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.error())
                .containsEntry("code", -32602L)
                .containsEntry("message", "Unknown tool: absent");
        assertThat(probe.ask("tools/call", "{}").error()).containsEntry("code", -32602L);
        assertThat(probe.call("echo", "[]").error()).containsEntry("code", -32602L);
        assertThat(probe.ask("tools/call", "{\"name\":\"echo\"}").text()).isEqualTo("{}");
        assertToolError("closed", "Error executing tool closed: busy"); // the model may try again
        assertThat(String.valueOf(probe.call("broken", "{}").error().get("message")))
                .startsWith("internal error (call ")
                .doesNotContain("secret");
    }

    private void assertToolError(String tool, String text) {
        var reply = probe.call(tool, "{}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo(text);
        assertThat(reply.result())
                .containsEntry("isError", true)
                .doesNotContainKey("structuredContent");
    }

    @Test
    void messages_come_before_the_answer_and_in_order() { // M6.10, M18, M19
        probe.opened("2025-06-18");
        String params = "{\"name\":\"talk\",\"_meta\":{\"progressToken\":\"p\"}}";
        assertThat(probe.ask("logging/setLevel", "{\"level\":\"loud\"}").error())
                .containsEntry("code", -32602L);
        assertThat(probe.ask("tools/call", "{\"name\":\"talk\"}").type())
                .isEqualTo("application/json"); // nothing is sent before a level is set
        assertThat(probe.ask("logging/setLevel", "{\"level\":\"info\"}").result()).isEmpty();

        var reply = probe.ask("tools/call", params);

        assertThat(reply.type()).isEqualTo("text/event-stream");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-cache, no-transform");
        assertThat(reply.messages())
                .extracting(message -> message.getOrDefault("params", message.get("id")))
                .containsExactly(
                        Map.of("level", "info", "logger", "lg", "data", "one"),
                        Map.of(
                                "progressToken",
                                "p",
                                "progress",
                                1L,
                                "total",
                                2L,
                                "message",
                                "half"),
                        Map.of("level", "error", "data", Map.of("two", 2L)),
                        Map.of("progressToken", "p", "progress", 2L, "total", 2L),
                        7L);
        assertThat(reply.text()).isEqualTo("done");
        var plain =
                probe.send(
                        HttpProbe.request(8, "tools/call", params), "Accept", "application/json");
        assertThat(plain.type()).isEqualTo("application/json");
        var stream = probe.send(HttpProbe.request(9, "ping", "{}"), "Accept", "text/event-stream");
        assertThat(stream.type()).isEqualTo("text/event-stream");
        assertThat(stream.message()).containsEntry("id", 9L);
    }

    @Test
    void a_client_cancels_its_request() throws Exception { // M20
        probe.opened("2025-06-18");
        var waiting =
                probe.client()
                        .sendAsync(
                                probe.with(
                                        HttpRequest.newBuilder(probe.uri())
                                                .POST(
                                                        HttpRequest.BodyPublishers.ofString(
                                                                HttpProbe.request(
                                                                        5,
                                                                        "tools/call",
                                                                        "{\"name\":\"wait\"}")))),
                                BodyHandlers.ofString());
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
        try (var other = new HttpProbe(server.port()).opened("2025-06-18")) {
            other.send(cancelled("5")); // M20.3: another session's id 5
        }
        probe.send(cancelled("\"5\"")); // not the same id
        assertThat(waiting.isDone()).isFalse();
        assertThat(probe.ask("ping", "{}").status()).isEqualTo(200); // M9.4, M6.14

        assertThat(probe.send(cancelled("5")).status()).isEqualTo(202);

        var reply = waiting.get(5, TimeUnit.SECONDS);
        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat(reply.body()).isEmpty();
    }

    private static String cancelled(String id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%s}}"
                .formatted(id);
    }

    @Test
    void a_call_has_a_time_limit() { // M20.5
        runner.callTimeout(Duration.ofMillis(300));
        restart(false, Sessions.Limits.DEFAULT);
        assertThat(probe.opened("2025-06-18").call("wait", "{}").text())
                .isEqualTo(
                        "Error executing tool wait: time limit of 0.3s reached (limits.call_timeout)");
    }

    @Test
    void batches_belong_to_one_revision() { // M7.20
        probe.opened("2025-03-26");
        String ping = HttpProbe.request(1, "ping", "{}");
        String note = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
        var both =
                probe.send("[" + ping + "," + note + "," + HttpProbe.request(2, "x", "{}") + ",5]");
        assertThat(both.status()).isEqualTo(200);
        assertThat(both.body())
                .isEqualTo(
                        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}},"
                                + "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32601,\"message\":\"Method not found: x\"}},"
                                + "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"Invalid request: a message is a JSON object\"}}]");
        assertThat(probe.send("[" + note + "]").status()).isEqualTo(202);
        assertThat(probe.send("[" + HttpProbe.initialize("2025-03-26") + "]").status())
                .isEqualTo(400);
        String claim =
                HttpProbe.request(
                        1,
                        "ping",
                        "{\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}}");
        assertThat(probe.send("[" + claim + "]").status()).isEqualTo(400); // M3.4
        restart(false, Sessions.Limits.DEFAULT);
        assertThat(probe.opened("2025-06-18").send("[" + ping + "]").status()).isEqualTo(400);
    }

    @Test
    void posted_responses_are_taken() { // M7.11
        var reply = probe.opened("2025-06-18").send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");

        assertThat(reply.status()).isEqualTo(202);
    }

    @Test
    void without_sessions_every_post_stands_alone() { // M7.18
        restart(true, Sessions.Limits.DEFAULT);
        var hello = probe.send(HttpProbe.initialize("2025-06-18"));
        assertThat(hello.header("Mcp-Session-Id")).isEmpty();
        assertThat(String.valueOf(hello.result().get("capabilities"))).doesNotContain("logging");
        assertThat(probe.call("echo", "{}").result()).doesNotContainKey("structuredContent");
        var newer =
                probe.send(
                        HttpProbe.request(1, "tools/call", "{\"name\":\"echo\"}"),
                        "MCP-Protocol-Version",
                        "2025-06-18");
        assertThat(newer.result()).containsKey("structuredContent");
        assertThat(probe.exchange("GET").status()).isEqualTo(405);
        assertThat(probe.exchange("DELETE").status()).isEqualTo(405);
        assertThat(probe.ask("logging/setLevel", "{\"level\":\"info\"}").error())
                .containsEntry("code", -32601L);
    }

    @Test
    void one_stand_alone_stream_a_session() throws Exception { // M7.13, M7.14
        assertThat(probe.exchange("GET").status()).isEqualTo(400);
        probe.opened("2025-06-18");
        assertThat(probe.exchange("GET", "Accept", "application/json").status()).isEqualTo(406);
        var first =
                probe.client()
                        .sendAsync(
                                probe.with(HttpRequest.newBuilder(probe.uri()).GET()),
                                BodyHandlers.ofInputStream())
                        .get(5, TimeUnit.SECONDS);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(first.body().read()).isEqualTo(':');
        assertThat(probe.exchange("GET").status()).isEqualTo(409);

        assertThat(probe.exchange("DELETE").status()).isEqualTo(204);

        assertThat(new String(first.body().readAllBytes(), StandardCharsets.UTF_8))
                .matches("[:\n]*"); // ended
    }

    @Test
    void serves_many_calls_at_once() throws Exception {
        probe.opened("2025-06-18");
        var bodies = Collections.synchronizedList(new ArrayList<String>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                int id = i;
                threads.execute(() ->
                        bodies.add(
                                probe.send(
                                                HttpProbe.request(
                                                        id,
                                                        "tools/call",
                                                        "{\"name\":\"echo\",\"arguments\":{\"n\":%d}}"
                                                                .formatted(id)))
                                        .text()));
            }
        }
        assertThat(bodies).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void closing_lets_running_calls_finish() throws Exception { // O8
        probe.opened("2025-06-18");
        var waiting =
                Thread.ofVirtual()
                        .unstarted(() ->
                                assertThat(probe.call("wait", "{}").text()).isEqualTo("released"));
        var failure = new AtomicReference<Throwable>();
        waiting.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        waiting.start();
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
        var closing = Thread.ofVirtual().start(() -> server.close(Duration.ofSeconds(20)));

        release.countDown();

        assertThat(waiting.join(Duration.ofSeconds(5))).isTrue();
        assertThat(closing.join(Duration.ofSeconds(5))).isTrue();
        assertThat(failure).hasValue(null);
        server.await();
    }

    @Test
    void closing_cancels_what_does_not_finish() throws Exception { // O8
        probe.opened("2025-06-18");
        var text = new AtomicReference<String>();
        var waiting = Thread.ofVirtual().start(() -> text.set(probe.call("wait", "{}").text()));
        assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

        server.close(Duration.ofMillis(50));

        assertThat(waiting.join(Duration.ofSeconds(5))).isTrue();
        assertThat(text).hasValue("Error executing tool wait: the server is shutting down");
    }

    @Test
    void says_when_the_port_is_taken() {
        var options =
                new Server.HttpOptions(
                        "127.0.0.1", server.port(), false, List.of(), List.of(), null);

        assertThatThrownBy(() ->
                        Server.startHttp(
                                runner,
                                options,
                                "9.9",
                                Sessions.Limits.DEFAULT,
                                InstantSource.system()))
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("port " + server.port())
                .hasMessageContaining("--port");
    }
}
