package dev.mxcp.scenario;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// As much of a client of revision 2025-11-25 over Streamable HTTP as these tests need;
/// thread-safe. The official clients are driven by [OfficialClientsTest].
final class McpClient {
    static final String REVISION = "2025-11-25";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI endpoint;
    private final AtomicLong ids = new AtomicLong();
    private @Nullable String session;

    private McpClient(URI endpoint) {
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
        this.endpoint = endpoint;
    }

    /// Connects and shakes hands.
    ///
    /// @throws UncheckedIOException when nobody answers
    static McpClient connect(URI endpoint) {
        var client = new McpClient(endpoint);
        HttpResponse<String> hello =
                client.post(
                        client.message(
                                client.ids.incrementAndGet(),
                                "initialize",
                                Map.of(
                                        "protocolVersion",
                                        REVISION,
                                        "capabilities",
                                        Map.of(),
                                        "clientInfo",
                                        Map.of("name", "scenario", "version", "1"))));
        if (hello.statusCode() != 200) {
            throw new AssertionError("initialize: " + hello.statusCode() + " " + hello.body());
        }
        client.session = hello.headers().firstValue("Mcp-Session-Id").orElse(null);
        client.notify("notifications/initialized", Map.of());
        return client;
    }

    /// Calls a tool.
    Answer call(String tool, Map<String, ?> arguments) {
        return answer(
                post(callMessage(ids.incrementAndGet(), tool, arguments)), "tools/call " + tool);
    }

    /// Starts a call whose answer is not waited for.
    ///
    /// @param id for [#cancel], not used by any other call of this client
    CompletableFuture<HttpResponse<String>> start(long id, String tool, Map<String, ?> arguments) {
        return http.sendAsync(request(callMessage(id, tool, arguments)), BodyHandlers.ofString());
    }

    /// Asks for a call on a connection of its own, and drops that without waiting for anything.
    void drop(String tool) {
        String body = callMessage(ids.incrementAndGet(), tool, Map.of());
        var request = new StringBuilder("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        headers()
                .forEach((name, value) ->
                        request.append(name).append(": ").append(value).append("\r\n"));
        request.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.toString().getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Tells the server that the answer of a started call is not wanted any more, again and again
    /// until its request has ended: the first time may come before the request itself.
    void cancel(long id, CompletableFuture<HttpResponse<String>> started) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < end) {
            notify("notifications/cancelled", Map.of("requestId", id, "reason", "timed out"));
            try {
                started.get(100, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                // once more
            } catch (ExecutionException closed) {
                return;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new AssertionError("a cancelled call goes on");
    }

    /// Sends any text as the body of a message.
    HttpResponse<String> post(String body) {
        try {
            return http.send(request(body), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /// What a request sends beside its body.
    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("MCP-Protocol-Version", REVISION);
        if (session != null) {
            headers.put("Mcp-Session-Id", session);
        }
        return headers;
    }

    private void notify(String method, Map<String, ?> params) {
        HttpResponse<String> accepted = post(message(null, method, params));
        if (accepted.statusCode() != 202) {
            throw new AssertionError(method + ": " + accepted.statusCode() + accepted.body());
        }
    }

    private String callMessage(long id, String tool, Map<String, ?> arguments) {
        return message(id, "tools/call", Map.of("name", tool, "arguments", arguments));
    }

    private String message(@Nullable Long id, String method, Map<String, ?> params) {
        var message = new LinkedHashMap<String, @Nullable Object>();
        message.put("jsonrpc", "2.0");
        if (id != null) {
            message.put("id", id);
        }
        message.put("method", method);
        message.put("params", params);
        return Json.text(message);
    }

    private HttpRequest request(String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).timeout(TIMEOUT);
        headers().forEach(request::header);
        return request.POST(BodyPublishers.ofString(body)).build();
    }

    private static Answer answer(HttpResponse<String> response, String what) {
        String body = response.body();
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("text/event-stream")) {
            body =
                    body.lines()
                            .filter(line -> line.startsWith("data:"))
                            .toList()
                            .getLast()
                            .substring(5);
        }
        if (response.statusCode() != 200) {
            throw new AssertionError(what + ": " + response.statusCode() + " " + body);
        }
        return new Answer(object(Json.parse(body)));
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    /// The JSON-RPC response to a call.
    record Answer(Map<String, @Nullable Object> message) {

        /// The tool's structured value, without the wrapper of lists and scalars.
        @Nullable Object value() {
            Map<String, @Nullable Object> value = structured();
            return value.keySet().equals(Set.of("result")) ? value.get("result") : value;
        }

        /// The structured content as it was sent.
        Map<String, @Nullable Object> structured() {
            Map<String, @Nullable Object> result = result();
            if (Boolean.TRUE.equals(result.get("isError"))) {
                throw new AssertionError("the tool failed: " + text());
            }
            return object(result.get("structuredContent"));
        }

        /// Whether the tool failed.
        boolean failed() {
            return Boolean.TRUE.equals(result().get("isError"));
        }

        /// The text of a tool error.
        String failure() {
            if (!Boolean.TRUE.equals(result().get("isError"))) {
                throw new AssertionError("the tool was to fail: " + message);
            }
            return text();
        }

        private String text() {
            List<?> content = (List<?>) Objects.requireNonNull(result().get("content"));
            return String.valueOf(object(content.getFirst()).get("text"));
        }

        private Map<String, @Nullable Object> result() {
            if (!message.containsKey("result")) {
                throw new AssertionError("no result: " + message);
            }
            return object(message.get("result"));
        }
    }
}
