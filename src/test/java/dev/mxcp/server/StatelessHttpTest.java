package dev.mxcp.server;

import static dev.mxcp.server.FakeRunner.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.engine.call.Content;
import dev.mxcp.engine.call.Question;
import dev.mxcp.engine.call.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The stateless era over real HTTP (M3, M5, M8, M11.3, M12, M21, M22).
class StatelessHttpTest {
    private static final String KEY = "a key that two servers share";
    private static final String META =
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{%s}}";
    private static final String ELICITATION = "\"elicitation\":{}";

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final FakeRunner runner =
            new FakeRunner()
                    .tool("echo", FakeRunner.object(), (arguments, _) -> result(arguments))
                    .tool("rows", FakeRunner.list(), (_, _) -> result(List.of(Map.of("a", 1L))))
                    .tool("log", null, (_, call) -> logged(call.client()::log))
                    .tool("ask", FakeRunner.text(), (_, call) -> asked(call.client()))
                    .tool("picture", null, (_, _) -> Result.of(picture()))
                    .tool(
                            "touch",
                            null,
                            (_, call) -> {
                                call.client().resourceUpdated("item://one");
                                return result("touched");
                            })
                    .tool("wait", null, (_, call) -> waiting(call))
                    .resource("item://one", "one", null, null, (_, _) -> result("x"));
    private final Server server = start();
    private final HttpProbe probe = new HttpProbe(server.port());

    private Server start() {
        return Server.startHttp(
                runner,
                new Server.HttpOptions("127.0.0.1", 0, false, List.of(), List.of(), null, KEY),
                "9.9",
                dev.mxcp.server.mcp.session.Sessions.Limits.DEFAULT,
                java.time.InstantSource.system());
    }

    @AfterEach
    void close() {
        probe.close();
        server.close(Duration.ZERO);
    }

    private static Result logged(Logging log) {
        log.log("info", "lg", "quiet");
        log.log("error", null, "loud");
        return result("logged");
    }

    @FunctionalInterface
    private interface Logging {
        void log(String level, @Nullable String logger, @Nullable Object data);
    }

    private Result asked(dev.mxcp.engine.call.ClientMessages client) {
        runs.incrementAndGet();
        var first = new LinkedHashMap<String, Question>();
        first.put("name", form("name"));
        Object name = HttpProbe.at(client.ask(first, Map.of("n", 1L)), "name", "content", "name");
        var second = new LinkedHashMap<String, Question>();
        second.put("color", form("color"));
        Object color = HttpProbe.at(client.ask(second, null), "color", "content", "color");
        return result(name + " likes " + color);
    }

    private static Question form(String field) {
        return new Question(
                Question.ELICIT,
                new LinkedHashMap<>(
                        Map.of(
                                "message",
                                "?",
                                "requestedSchema",
                                Map.of(
                                        "type", "object",
                                        "properties", Map.of(field, Map.of("type", "string")),
                                        "required", List.of(field)))));
    }

    private static Content picture() {
        return new Content(
                List.of(new LinkedHashMap<>(Content.ofBytes("image/png", "AAAA", "x://y"))), false);
    }

    private Result waiting(dev.mxcp.engine.call.CallContext call) {
        call.client().progress(1, null, null);
        call.client().log("info", null, "begun");
        try (var _ = call.cancellation().onCancel(cancelled::countDown)) {
            cancelled.await(10, TimeUnit.SECONDS);
            call.cancellation().check();
            return result("never cancelled");
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static String body(String method, String members, String capabilities) {
        String more = members.isEmpty() ? "" : members + ",";
        return HttpProbe.request(7, method, "{" + more + META.formatted(capabilities) + "}");
    }

    private HttpProbe.Reply ask(String method, String name, String members, String capabilities) {
        return probe.send(
                body(method, members, capabilities),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                method,
                "Mcp-Name",
                name);
    }

    private HttpProbe.Reply call(String tool, String more, String capabilities) {
        String members = "\"name\":\"" + tool + "\"" + (more.isEmpty() ? "" : "," + more);
        return ask("tools/call", tool, members, capabilities);
    }

    @Test
    void says_what_it_can_without_a_handshake() { // M11.3, M1.5, M12.3, M12.4, M12.6
        var reply = ask("server/discover", "", "", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Mcp-Session-Id")).isEmpty(); // M8.2
        assertThat(reply.result())
                .containsEntry("resultType", "complete")
                .containsEntry("supportedVersions", List.of("2026-07-28"))
                .containsEntry("ttlMs", 0L)
                .containsEntry("cacheScope", "private")
                .containsEntry(
                        "_meta",
                        Map.of(
                                "io.modelcontextprotocol/serverInfo",
                                Map.of("name", "MXCP Server", "version", "9.9")));
    }

    @Test
    void results_of_any_type_are_sent_unwrapped() { // M14.22, M14.24
        assertThat(call("rows", "", "").result())
                .containsEntry("structuredContent", List.of(Map.of("a", 1L)))
                .containsEntry("resultType", "complete");
        assertThat(call("picture", "", "").result())
                .containsEntry(
                        "content",
                        List.of(Map.of("type", "image", "data", "AAAA", "mimeType", "image/png")))
                .doesNotContainKey("structuredContent");
    }

    /// The validation ladder (M3.10): what is sent, and the status and code that are due.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "malformed JSON           | {oops | 2026-07-28 | tools/list | 400 | -32700",
                "empty batch              | [] | 2026-07-28 | tools/list | 400 | -32600",
                "batch with a claim       | [$tools/list] | 2026-07-28 | tools/list | 400 | -32600",
                "wrong jsonrpc            | {\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{$meta}} | 2026-07-28 | tools/list | 400 | -32600",
                "id null                  | {\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\",\"params\":{$meta}} | 2026-07-28 | tools/list | 400 | -32600",
                "a response               | {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}} | 2026-07-28 | tools/list | 400 | -32600",
                "no _meta                 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"} | 2026-07-28 | tools/list | 400 | -32602",
                "no capabilities          | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}} | 2026-07-28 | tools/list | 400 | -32602",
                "no version header        | $tools/list | - | tools/list | 400 | -32020",
                "another version header   | $tools/list | 2025-11-25 | tools/list | 400 | -32020",
                "no method header         | $tools/list | 2026-07-28 | - | 400 | -32020",
                "method in capitals       | $tools/list | 2026-07-28 | TOOLS/LIST | 400 | -32020",
                "unserved revision        | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2030-01-01\",\"io.modelcontextprotocol/clientCapabilities\":{}}}} | 2030-01-01 | tools/list | 400 | -32022",
                "legacy revision claimed  | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2025-11-25\",\"io.modelcontextprotocol/clientCapabilities\":{}}}} | 2025-11-25 | tools/list | 400 | -32022",
                "unknown method           | $no/such | 2026-07-28 | no/such | 404 | -32601",
                "initialize               | $initialize | 2026-07-28 | initialize | 404 | -32601",
                "ping                     | $ping | 2026-07-28 | ping | 404 | -32601",
                "setLevel                 | $logging/setLevel | 2026-07-28 | logging/setLevel | 404 | -32601",
                "subscribe                | $resources/subscribe | 2026-07-28 | resources/subscribe | 404 | -32601",
                "call without name        | $tools/call | 2026-07-28 | tools/call | 400 | -32602",
                "listen without wishes    | $subscriptions/listen | 2026-07-28 | subscriptions/listen | 400 | -32602",
                "completion without ref   | $completion/complete | 2026-07-28 | completion/complete | 400 | -32602",
            })
    void refuses_by_the_first_step_that_fails(
            String what, String body, String version, String method, int status, long code) {
        String sent =
                body.startsWith("$")
                        ? body(body.substring(1), "", "")
                        : body.replace("$meta", META.formatted(""))
                                .replace("$tools/list", body("tools/list", "", ""));
        var reply =
                probe.send(
                        sent,
                        "MCP-Protocol-Version",
                        version.equals("-") ? "" : version,
                        "Mcp-Method",
                        method.equals("-") ? "" : method);

        assertThat(reply.status()).as(what).isEqualTo(status);
        assertThat(reply.error()).as(what).containsEntry("code", code);
    }

    @Test
    void an_unserved_revision_names_those_that_are_served() { // M5.3
        String body = body("tools/list", "", "").replace("2026-07-28", "2030-01-01");
        var reply =
                probe.send(body, "MCP-Protocol-Version", "2030-01-01", "Mcp-Method", "tools/list");

        assertThat(reply.message()).containsEntry("id", 7L);
        assertThat(reply.error())
                .containsEntry(
                        "data",
                        Map.of("supported", List.of("2026-07-28"), "requested", "2030-01-01"));
    }

    @Test
    void bad_levels_and_client_names_are_malformed() { // M3.10, step 6
        String meta = META.formatted("");
        String open = meta.substring(0, meta.length() - 1);
        for (String more :
                List.of(
                        "\"io.modelcontextprotocol/logLevel\":\"loud\"",
                        "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"x\"}")) {
            var reply =
                    probe.send(
                            HttpProbe.request(1, "tools/list", "{" + open + "," + more + "}}"),
                            "MCP-Protocol-Version",
                            "2026-07-28",
                            "Mcp-Method",
                            "tools/list");
            assertThat(reply.status()).as(more).isEqualTo(400);
            assertThat(reply.error()).as(more).containsEntry("code", -32602L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "echo,200",
        "=?base64?ZWNobw==?=,200",
        "Echo,400",
        "=?base64?ZWNobw?=,400",
        "=?base64?/w==?=,400",
        "=?base64?%%%%?=,400",
    })
    void the_name_header_repeats_the_name(String header, int status) { // M8.5-M8.7
        var reply = ask("tools/call", header, "\"name\":\"echo\"", "");

        assertThat(reply.status()).isEqualTo(status);
        if (status == 400) {
            assertThat(reply.error()).containsEntry("code", -32020L);
        }
    }

    @Test
    void what_is_unknown_while_serving_is_no_bad_request() { // M5.5, M15.7
        var tool = call("nothing", "", "");
        assertThat(tool.status()).isEqualTo(200);
        assertThat(tool.error()).containsEntry("code", -32602L);
        var resource = ask("resources/read", "no://such", "\"uri\":\"no://such\"", "");
        assertThat(resource.error())
                .containsEntry("code", -32602L)
                .containsEntry("data", Map.of("uri", "no://such"));
        var cursor = ask("tools/list", "", "\"cursor\":\"bad\"", "");
        assertThat(cursor.error()).containsEntry("code", -32602L);
    }

    @Test
    void logs_only_at_the_level_of_the_request() { // M18.3
        String meta = META.formatted("");
        String level = meta.substring(0, meta.length() - 1);
        String params =
                "{\"name\":\"log\"," + level + ",\"io.modelcontextprotocol/logLevel\":\"error\"}}";
        var reply =
                probe.send(
                        HttpProbe.request(1, "tools/call", params),
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "log");

        assertThat(reply.messages()).hasSize(2);
        assertThat(HttpProbe.at(reply.messages().getFirst(), "params", "data")).isEqualTo("loud");
        assertThat(call("log", "", "").messages()).hasSize(1);
    }

    @Test
    void asks_in_rounds_and_any_replica_can_go_on() { // M22.4-M22.7
        HttpProbe.Reply first = call("ask", "", ELICITATION);
        assertThat(first.result())
                .containsEntry("resultType", "input_required")
                .doesNotContainKeys("content", "ttlMs");
        assertThat(HttpProbe.at(first.result(), "inputRequests", "name", "method"))
                .isEqualTo("elicitation/create");

        String state = String.valueOf(first.result().get("requestState"));
        HttpProbe.Reply second = answer("name", "Ada", state);
        assertThat(second.result()).containsEntry("resultType", "input_required");

        try (Server replica = start();
                var other = new HttpProbe(replica.port())) {
            HttpProbe.Reply third =
                    other.send(
                            answerBody(
                                    "color",
                                    "blue",
                                    String.valueOf(second.result().get("requestState"))),
                            "MCP-Protocol-Version",
                            "2026-07-28",
                            "Mcp-Method",
                            "tools/call",
                            "Mcp-Name",
                            "ask");
            assertThat(third.text()).isEqualTo("Ada likes blue");
        }
        assertThat(runs).hasValue(3);
    }

    @Test
    void a_state_is_good_for_its_own_request_only() { // M22.5
        String state = String.valueOf(call("ask", "", ELICITATION).result().get("requestState"));

        for (String bad :
                List.of(
                        state + "-TAMPERED",
                        state.substring(1),
                        "",
                        (state.startsWith("A") ? "B" : "A") + state.substring(1))) {
            assertThat(answer("name", "Ada", bad).error()).as(bad).containsEntry("code", -32602L);
        }
        String elsewhere = "\"arguments\":{\"other\":1},\"requestState\":\"" + state + "\"";
        assertThat(call("ask", elsewhere, ELICITATION).error()).containsEntry("code", -32602L);
        assertThat(call("ask", "\"requestState\":5", ELICITATION).error())
                .containsEntry("code", -32602L);
    }

    @Test
    void answers_that_are_none_are_refused_and_missing_ones_asked_for_again() { // M22.6
        String content = "{\"name\":{\"action\":\"accept\",\"content\":%s}}";
        for (String bad :
                List.of(
                        "null",
                        "7",
                        "{\"name\":12345}",
                        "{\"name\":{\"action\":\"maybe\"}}",
                        content.formatted("{}"),
                        content.formatted("{\"name\":7}"))) {
            var reply = call("ask", "\"inputResponses\":" + bad, ELICITATION);
            assertThat(reply.error()).as(bad).containsEntry("code", -32602L);
        }
        assertThat(call("ask", "\"inputResponses\":{\"other\":{}}", ELICITATION).result())
                .containsEntry("resultType", "input_required");
    }

    @Test
    void names_the_capability_that_is_missing() { // M5.3, M22.2
        var reply = call("ask", "", "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error())
                .containsEntry("code", -32021L)
                .containsEntry(
                        "data", Map.of("requiredCapabilities", Map.of("elicitation", Map.of())));
    }

    @Test
    void get_and_delete_do_not_exist() { // M3.1, M8.1
        for (String method : List.of("GET", "DELETE", "PUT")) {
            var reply = probe.exchange(method, "MCP-Protocol-Version", "2026-07-28");
            assertThat(reply.status()).as(method).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("POST");
        }
    }

    @Test
    void a_posted_notification_is_taken_and_dropped() { // M8.4
        String cancel =
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}";
        assertThat(probe.send(cancel, "MCP-Protocol-Version", "2026-07-28").status())
                .isEqualTo(202);
        assertThat(probe.send(cancel, "MCP-Protocol-Version", "2030-01-01").status())
                .isEqualTo(400);
    }

    @Test
    void a_subscription_tells_what_was_asked_for() throws Exception { // M21.2-M21.6, M21.8
        String wishes =
                "\"notifications\":{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"item://one\"]}";
        try (BufferedReader events = open("subscriptions/listen", wishes)) {
            Map<String, Object> first = next(events);
            assertThat(first).containsEntry("method", "notifications/subscriptions/acknowledged");
            assertThat(HttpProbe.at(first, "params", "notifications"))
                    .isEqualTo(
                            Map.of(
                                    "toolsListChanged",
                                    true,
                                    "resourceSubscriptions",
                                    List.of("item://one")));
            assertThat(subscription(first)).isEqualTo(7L);

            call("touch", "", "");
            Map<String, Object> update = next(events);
            assertThat(HttpProbe.at(update, "params", "uri")).isEqualTo("item://one");
            assertThat(subscription(update)).isEqualTo(7L);

            Thread.ofVirtual().start(() -> server.close(Duration.ZERO));
            Map<String, Object> last = next(events);
            assertThat(HttpProbe.at(last, "result", "resultType")).isEqualTo("complete");
            assertThat(
                            HttpProbe.at(
                                    last,
                                    "result",
                                    "_meta",
                                    "io.modelcontextprotocol/subscriptionId"))
                    .isEqualTo(7L);
        }
    }

    @Test
    void who_leaves_the_stream_cancels_the_call() throws Exception { // M8.10
        String meta = "\"name\":\"wait\"";
        BufferedReader events = open("tools/call", meta);
        assertThat(next(events)).containsEntry("method", "notifications/progress");

        events.close();

        assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private HttpProbe.Reply answer(String key, String value, String state) {
        return probe.send(
                answerBody(key, value, state),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "ask");
    }

    private static String answerBody(String key, String value, String state) {
        return body(
                "tools/call",
                "\"name\":\"ask\",\"requestState\":\"%s\",\"inputResponses\":{\"%s\":{\"action\":\"accept\",\"content\":{\"%s\":\"%s\"}}}"
                        .formatted(state, key, key, value),
                ELICITATION);
    }

    private BufferedReader open(String method, String members) throws Exception {
        String body =
                body(method, members, "").replace("\"_meta\":{", "\"_meta\":{\"progressToken\":1,");
        HttpRequest request =
                probe.with(
                        HttpRequest.newBuilder(probe.uri())
                                .POST(HttpRequest.BodyPublishers.ofString(body)),
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        method,
                        "Mcp-Name",
                        "wait");
        HttpResponse<java.io.InputStream> response =
                probe.client().send(request, BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static Map<String, Object> next(BufferedReader events) throws IOException {
        while (true) {
            String line = Objects.requireNonNull(events.readLine(), "the stream has ended");
            if (line.startsWith("data: ")) {
                return HttpProbe.object(line.substring("data: ".length()));
            }
        }
    }

    private static Object subscription(Map<String, Object> message) {
        return HttpProbe.at(message, "params", "_meta", "io.modelcontextprotocol/subscriptionId");
    }
}
