package dev.mxcp.server;

import static dev.mxcp.server.FakeRunner.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The stdio transport over real pipes (M9, M3.16).
class StdioTest {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final FakeRunner runner =
            new FakeRunner()
                    .requestBytes(100_000)
                    .tool("echo", FakeRunner.object(), (arguments, _) -> result(arguments))
                    .tool(
                            "talk",
                            null,
                            (_, call) -> {
                                call.client().progress(1, null, "on it");
                                return result("done");
                            })
                    .tool(
                            "wait",
                            null,
                            (_, call) -> {
                                call.cancellation().onCancel(cancelled::countDown);
                                entered.countDown();
                                await(cancelled);
                                call.cancellation().check();
                                return result("not cancelled");
                            });
    private OutputStream toServer;
    private BufferedReader fromServer;
    private Server server;

    @BeforeEach
    void start() throws IOException {
        Pipe in = Pipe.open();
        Pipe out = Pipe.open();
        toServer = Channels.newOutputStream(in.sink());
        fromServer =
                new BufferedReader(
                        new InputStreamReader(
                                Channels.newInputStream(out.source()), StandardCharsets.UTF_8));
        server =
                Server.startStdio(
                        runner,
                        Channels.newInputStream(in.source()),
                        Channels.newOutputStream(out.sink()),
                        "9.9");
    }

    @AfterEach
    void close() throws IOException {
        toServer.close();
        server.close(Duration.ZERO);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private void write(String line) throws IOException {
        toServer.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        toServer.flush();
    }

    private Map<String, Object> read() throws IOException {
        return HttpProbe.object(fromServer.readLine());
    }

    private Map<String, Object> ask(String line) throws IOException {
        write(line);
        return read();
    }

    private void open(String revision) throws IOException {
        ask(HttpProbe.initialize(revision));
        write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\r");
    }

    private static String call(int id, String tool) {
        return HttpProbe.request(
                id,
                "tools/call",
                "{\"name\":\"%s\",\"arguments\":{\"a\":\"zwei\\nZeilen\"},\"_meta\":{\"progressToken\":5}}"
                        .formatted(tool));
    }

    @Test
    void shakes_hands_and_calls() throws IOException { // M9.1
        var hello = ask(HttpProbe.initialize("2025-06-18"));
        assertThat(HttpProbe.at(hello, "result", "protocolVersion")).isEqualTo("2025-06-18");

        var answer = ask(call(2, "echo"));

        assertThat(HttpProbe.at(answer, "result", "structuredContent", "a"))
                .isEqualTo("zwei\nZeilen");
        assertThat(HttpProbe.at(ask(HttpProbe.initialize("2025-06-18")), "error", "code"))
                .isEqualTo(-32600L);
    }

    @Test
    void before_the_handshake_only_ping_is_served() throws IOException { // M3.16, M9.8
        assertThat(HttpProbe.at(ask(HttpProbe.request(1, "ping", "{}")), "result"))
                .isEqualTo(Map.of());
        assertThat(
                        HttpProbe.at(
                                ask(HttpProbe.request(2, "server/discover", "{}")),
                                "error",
                                "code"))
                .isEqualTo(-32601L);
        assertThat(HttpProbe.at(ask(HttpProbe.request(3, "tools/list", "{}")), "error", "code"))
                .isEqualTo(-32602L);
        String claim =
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}}";
        assertThat(
                        HttpProbe.at(
                                ask(HttpProbe.request(4, "server/discover", claim)),
                                "result",
                                "supportedVersions"))
                .isEqualTo(List.of("2026-07-28"));
    }

    @Test
    void goes_on_after_garbage_and_too_long_lines() throws IOException { // M9.3
        open("2025-06-18");
        assertThat(HttpProbe.at(ask("{oops"), "error", "code")).isEqualTo(-32700L);
        assertThat(ask("{oops")).containsEntry("id", null);
        write("");
        assertThat(HttpProbe.at(ask("x".repeat(200_000)), "error", "code")).isEqualTo(-32700L);
        assertThat(ask(HttpProbe.request(3, "ping", "{}"))).containsEntry("id", 3L);
    }

    /// A client waits for the answer under the id that it gave.
    @Test
    void a_too_long_request_is_answered_under_its_id_with_the_limit() throws IOException { // M9.3
        open("2025-06-18");
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"x\",\"params\":{\"id\":5,\"y\":\"%s\"}}";

        assertThat(ask(body.formatted("9", "y".repeat(200_000)))).containsEntry("id", 9L);
        var answer = ask(body.formatted("\"nine\"", "y".repeat(200_000)));

        assertThat(answer).containsEntry("id", "nine");
        assertThat(String.valueOf(HttpProbe.at(answer, "error", "message")))
                .contains("longer than", "limits.request_size");
    }

    @Test
    void messages_precede_their_answer() throws IOException { // M19.3
        open("2025-06-18");

        var first = ask(call(2, "talk"));

        assertThat(first)
                .containsEntry(
                        "params", Map.of("progressToken", 5L, "progress", 1L, "message", "on it"));
        assertThat(read()).containsEntry("id", 2L);
    }

    @Test
    void slow_calls_block_nobody_and_can_be_cancelled() throws IOException { // M9.4, M20
        open("2025-06-18");
        write(call(2, "wait"));
        await(entered);

        assertThat(ask(HttpProbe.request(3, "ping", "{}"))).containsEntry("id", 3L);
        write(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}");
        await(cancelled);

        assertThat(ask(HttpProbe.request(4, "ping", "{}"))).containsEntry("id", 4L); // no answer
    }

    @Test
    void batches_belong_to_one_revision() throws IOException { // M7.20
        open("2025-03-26");
        write("[" + HttpProbe.request(1, "ping", "{}") + "]");
        assertThat(fromServer.readLine())
                .isEqualTo("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]");
    }

    @Test
    void answers_what_is_quick_and_ends_at_the_end_of_input() throws Exception { // M9.6
        open("2025-06-18");
        write(call(2, "wait"));
        for (int i = 10; i < 60; i++) {
            write(call(i, "echo"));
        }
        toServer.close();

        server.await();

        assertThat(cancelled.getCount()).isZero();
        List<Object> ids = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            ids.add(read().get("id"));
        }
        assertThat(ids).hasSize(51).contains(2L, 10L, 59L).doesNotHaveDuplicates();
    }
}
