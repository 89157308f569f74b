package dev.mxcp.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Reloads as operators and clients meet them (R4, M21.1, issue 4 item 5). The phases themselves
/// are tested in `dev.mxcp.server.ReloadTest`.
@Timeout(180)
final class ReloadTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @Nullable Path folder;

    private @Nullable Path project;
    private @Nullable HttpServer server;

    @BeforeEach
    void copy() {
        project = Product.copy(Path.of("src/test/projects/reload"), requireNonNull(folder));
        secret("amber");
    }

    @AfterEach
    void stops_cleanly() {
        if (server != null) {
            assertThat(server.stop()).as("exit status after SIGTERM").isZero();
            assertThat(server.log()).doesNotContain("a bug");
        }
    }

    private McpClient serve(String... options) {
        server = HttpServer.start(project(), Map.of("MXCP_CONFIG", config().toString()), options);
        return server.client();
    }

    private HttpServer server() {
        return requireNonNull(server);
    }

    private Path project() {
        return requireNonNull(project);
    }

    private Path config() {
        return project().resolveSibling("config.yml");
    }

    private void secret(String value) {
        write(
                config(),
                """
                mxcp: 1
                projects:
                  reload:
                    profiles:
                      default:
                        secrets:
                          - {name: gate, type: custom, parameters: {code: %s}}
                """
                        .formatted(value));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private void hangUp() throws Exception {
        String pid = Long.toString(server().process().pid());
        assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come true").isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static List<String> toolNames(McpClient client) {
        HttpResponse<String> response =
                client.post("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"tools/list\"}");
        Map<String, @Nullable Object> message = McpClient.object(Json.parse(response.body()));
        List<?> tools =
                (List<?>) requireNonNull(McpClient.object(message.get("result")).get("tools"));
        return tools.stream()
                .map(tool -> String.valueOf(McpClient.object(tool).get("name")))
                .toList();
    }

    /// S82, S44: the same process, the same session, the same worker.
    @Test
    void a_hangup_reads_everything_anew_and_tells_clients_whose_list_changed() throws Exception {
        McpClient client = serve();
        assertThat(client.call("code", Map.of()).value()).isEqualTo("amber");
        List<Long> workers = workers();
        try (var http = HttpClient.newHttpClient();
                Stream<String> events = stream(http, client)) {
            secret("violet");
            write(
                    project().resolve("tools/added.yml"),
                    "mxcp: 1\ntool: {name: added, source: {code: \"SELECT 1 AS one\"}}\n");
            hangUp();

            assertThat(events.filter(line -> line.contains("notifications/")).findFirst())
                    .hasValue(
                            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        }
        assertThat(toolNames(client)).contains("added");
        assertThat(client.call("code", Map.of()).value()).isEqualTo("violet");
        assertThat(workers()).isEqualTo(workers);
        server().awaitLogged("reload 1 (SIGHUP): completed");
    }

    private List<Long> workers() {
        return server().process().children().map(ProcessHandle::pid).sorted().toList();
    }

    /// The lines of a session's stand-alone stream.
    private Stream<String> stream(HttpClient http, McpClient client) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server().endpoint()).GET();
        client.headers()
                .forEach((name, value) -> {
                    if (!name.equals("Content-Type")) {
                        request.header(name, value);
                    }
                });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body();
    }

    @Test
    void a_client_over_stdio_is_told_too() throws Exception {
        var command = Product.command("-C", project().toString(), "serve", "--transport", "stdio");
        ProcessBuilder builder = Product.process(command);
        builder.environment().put("MXCP_CONFIG", config().toString());
        Path log = project().resolveSibling("stdio.log");
        Process process = builder.redirectError(log.toFile()).start();
        try (OutputStream to = process.getOutputStream();
                var from =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8))) {
            to.write(
                    """
                    {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
                    {"jsonrpc":"2.0","method":"notifications/initialized"}
                    """
                            .getBytes(StandardCharsets.UTF_8));
            to.flush();
            assertThat(from.readLine()).contains("\"tools\":{\"listChanged\":true}");
            Files.delete(project().resolve("tools/code.yml"));
            new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();

            assertThat(from.readLine())
                    .isEqualTo(
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /// M11.6: without sessions nobody can be told.
    @Test
    void a_server_without_sessions_promises_no_notifications() {
        McpClient client = serve("--stateless");
        HttpResponse<String> hello =
                client.post(
                        """
                        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
                        """);

        assertThat(hello.body()).contains("\"tools\":{\"listChanged\":false}");
    }

    /// R4.7.8
    @Test
    void a_storm_of_hangups_becomes_few_reloads() throws Exception {
        McpClient client = serve();
        for (int i = 0; i < 40; i++) {
            hangUp();
            if (i % 10 == 0) {
                assertThat(client.call("pieces", Map.of()).value()).isEqualTo(17L);
            }
        }
        secret("violet");
        hangUp();
        eventually(() -> "violet".equals(client.call("code", Map.of()).value()));

        assertThat(server().alive()).isTrue();
        assertThat(server().log().lines().filter(line -> line.contains("): queued")).count())
                .isLessThanOrEqualTo(41);
    }

    /// R4.7.2: each waits for the other; the limit of waiting ends it.
    @Test
    void a_call_that_asks_its_own_server_while_it_waits_for_a_reload_ends() {
        McpClient client = serve();
        String session = requireNonNull(client.headers().get("Mcp-Session-Id"));

        Object answer =
                client.call(
                                "reload_and_ask_own_server",
                                Map.of("url", server().endpoint().toString(), "session", session))
                        .value();

        assertThat(answer).asString().contains("isError\":true", "the service is reloading, retry");
        server().awaitLogged("completed");
        assertThat(client.call("pieces", Map.of()).value()).isEqualTo(17L);
    }

    /// S49, R4.3.4, R4.4
    @Test
    void lists_and_ping_never_wait_and_calls_wait_no_longer_than_their_limit() {
        McpClient client = serve();
        client.call("reload_while", Map.of("marker", "first"));
        eventually(() -> Files.exists(project().resolve("first.begun")));

        assertThat(toolNames(client)).contains("pieces");
        assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}").body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}");
        assertThat(client.call("pieces", Map.of()).failure())
                .contains("the service is reloading, retry");
        write(project().resolve("first.go"), "");
        eventually(() -> server().log().contains("completed"));
        assertThat(client.call("pieces", Map.of()).value()).isEqualTo(17L);
    }

    /// R9.9: a payload that hangs does not keep the server from ending.
    @Test
    void a_server_that_is_killed_in_a_payload_leaves_no_worker() throws Exception {
        McpClient client = serve();
        client.call("reload_while", Map.of("marker", "never"));
        eventually(() -> Files.exists(project().resolve("never.begun")));
        List<ProcessHandle> workers = server().process().descendants().toList();

        server().process().destroyForcibly().waitFor();
        server = null;

        assertThat(workers).isNotEmpty();
        for (ProcessHandle worker : workers) {
            worker.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    /// Issue 4: a reload under steady load fails nobody.
    @Test
    void reloads_under_load_fail_no_call() throws Exception {
        McpClient client = serve();
        var stop = new AtomicBoolean();
        var served = new ArrayList<Future<Integer>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 32; i++) {
                served.add(callers.submit(() -> callUntil(stop, server().client())));
            }
            for (int i = 1; i <= 5; i++) {
                secret("code" + i);
                hangUp();
                String expected = "code" + i;
                eventually(() -> expected.equals(client.call("code", Map.of()).value()));
            }
            stop.set(true);
        }
        for (Future<Integer> calls : served) {
            assertThat(calls.get()).isPositive();
        }
    }

    private static int callUntil(AtomicBoolean stop, McpClient client) {
        int calls = 0;
        while (!stop.get() || calls == 0) {
            assertThat(client.call("pieces", Map.of()).value()).isEqualTo(17L);
            assertThat(client.call("pieces_in_sql", Map.of()).value()).isEqualTo(17L);
            calls++;
        }
        return calls;
    }

    /// R3.12
    @Test
    void a_command_has_nothing_to_reload() {
        Commands.Ended ended =
                Commands.run(
                        Product.command("run", "tool", "reload_while", "-p", "marker=x"),
                        project());

        assertThat(ended.status()).as(ended.all()).isNotZero();
        assertThat(ended.all()).contains("No execution context available for reload_duckdb");
    }
}
