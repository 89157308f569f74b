package dev.mxcp.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What user code, callers and the network can do wrong (issue 3, "Faults"): each fault has a
/// stated outcome for its own call, and the server goes on. One server for all tests, so that each
/// fault also meets what the earlier ones left behind.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class FaultsTest {
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private @Nullable HttpServer server;
    private @Nullable McpClient client;

    @BeforeAll
    void serve(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        server = HttpServer.start(Product.copy(Path.of("src/test/projects/faults"), folder));
    }

    @BeforeEach
    void connect() {
        client = server().client();
    }

    @AfterEach
    void the_next_ordinary_calls_work() {
        assertThat(server().alive()).as("the server lives; it said:\n%s", server().log()).isTrue();
        assertThat(client().call("deepest", Map.of()).value()).isEqualTo(4L);
        assertThat(client().call("echo", Map.of("word", "again")).value())
                .isEqualTo(Map.of("word", "again", "levels", 5L));
    }

    @AfterAll
    void stops_cleanly() {
        assertThat(server().stop()).as("exit status after SIGTERM").isZero();
        assertThat(server().log()).as("stacks are for bugs of ours").doesNotContain("at dev.mxcp.");
    }

    @Test
    void a_segmentation_fault_costs_only_its_own_call() {
        String failure = client().call("read_address_zero", Map.of()).failure();

        assertThat(failure).contains("Python worker stopped").contains("11");
        server().awaitLogged(
                        "tools/call failed: Python worker stopped", "[read_address_zero, call ");
        assertThat(server().log()).containsOnlyOnce("Segmentation fault");
    }

    @Test
    void an_exit_of_the_process_costs_only_its_own_call() {
        String failure = client().call("leave", Map.of("status", 3)).failure();

        assertThat(failure).contains("Python worker stopped").contains("3");
    }

    @Test
    void workers_come_back_again_and_again() {
        for (int i = 1; i <= 5; i++) {
            client().call("leave", Map.of("status", i)).failure();

            assertThat(client().call("echo", Map.of("word", "x")).value()).isNotNull();
        }
    }

    /// The client's time is up and it says so: the request ends at once, whatever the code does
    /// (M20.2).
    @Test
    void an_endless_loop_that_its_caller_gave_up_stops_nobody_else() {
        CompletableFuture<HttpResponse<String>> lost = client().start(9_001, "spin", Map.of());
        assertThat(client().call("echo", Map.of("word", "beside")).value()).isNotNull();

        client().cancel(9_001, lost);
    }

    /// More of them than there are sessions on the database: each must give its own back.
    @Test
    void queries_that_their_callers_gave_up_are_interrupted() {
        for (int i = 0; i < 40; i++) {
            long id = 9_100L + i;
            CompletableFuture<HttpResponse<String>> lost =
                    client().start(id, "count_for_ever", Map.of());
            client().cancel(id, lost);
        }
    }

    @Test
    void a_python_result_of_100_MB_is_refused_with_a_reason() {
        String failure = client().call("long_text", Map.of("megabytes", 100)).failure();

        assertThat(failure).containsIgnoringCase("result").contains("limits.result_size");
    }

    @Test
    void a_sql_result_of_100_MB_is_refused_with_a_reason() {
        String failure = client().call("wide_rows", Map.of("megabytes", 100)).failure();

        assertThat(failure).containsIgnoringCase("result").contains("limits.result_size");
    }

    @Test
    void a_result_of_20_MB_arrives_whole() {
        assertThat(client().call("long_text", Map.of("megabytes", 20)).value())
                .asString()
                .hasSize(20_000_000);
    }

    @Test
    void an_exception_keeps_its_text_in_any_script_and_hides_its_traceback() {
        String failure = client().call("complain", Map.of("article", "Öl-Kännchen")).failure();

        assertThat(failure)
                .contains("Artikel „Öl-Kännchen“ fehlt im Lager Zürich – 在庫なし 🪣")
                .doesNotContain("Traceback")
                .doesNotContain("faults.py");
        server().awaitLogged("Traceback", "faults.py");
    }

    @Test
    void malformed_json_is_a_parse_error() {
        HttpResponse<String> response = client().post("{\"jsonrpc\": \"2.0\", \"id\": 1, ");

        assertThat(response.statusCode()).isEqualTo(400);
        Map<String, @Nullable Object> message = McpClient.object(Json.parse(response.body()));
        assertThat(McpClient.object(message.get("error"))).containsEntry("code", -32_700L);
    }

    @Test
    void a_body_of_50_MB_is_refused_before_it_is_read() throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server().endpoint().getPort())) {
            OutputStream out = socket.getOutputStream();
            var head = new StringBuilder("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            client().headers()
                    .forEach((name, value) ->
                            head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Content-Length: 50000000\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
            Thread writer = Thread.ofVirtual().start(() -> writeBlanks(out, 50_000_000));
            socket.setSoTimeout((int) RECOVERY.toMillis());
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));

            assertThat(in.readLine()).startsWith("HTTP/1.1 413");
            writer.interrupt();
        }
    }

    @Test
    void two_hundred_calls_at_once_each_get_their_own_answer()
            throws InterruptedException, ExecutionException {
        List<Future<@Nullable Object>> answers = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                String word = "word " + i;
                answers.add(
                        callers.submit(() -> {
                            assertThat(client().call("deepest", Map.of()).value()).isEqualTo(4L);
                            return client().call("echo", Map.of("word", word)).value();
                        }));
            }
        }
        for (int i = 0; i < 200; i++) {
            assertThat(answers.get(i).get()).isEqualTo(Map.of("word", "word " + i, "levels", 5L));
        }
    }

    private static void writeBlanks(OutputStream out, int count) {
        byte[] blanks = " ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        try {
            for (int written = 0; written < count; written += blanks.length) {
                out.write(blanks);
            }
        } catch (IOException expected) {
            // the server need not read what it has refused
        }
    }

    private HttpServer server() {
        return requireNonNull(server);
    }

    private McpClient client() {
        return requireNonNull(client);
    }
}
