package dev.mxcp.server;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A small MCP client over HTTP that shows statuses, headers and messages as they came.
final class HttpProbe implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;
    private @Nullable String session;

    HttpProbe(int port) {
        this.uri = URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    record Reply(int status, String type, String body, HttpResponse<String> raw) {
        /// All messages: one of a JSON body, those of a stream.
        List<Map<String, Object>> messages() {
            if (!type.startsWith("text/event-stream")) {
                return body.isEmpty() ? List.of() : List.of(object(body));
            }
            return Arrays.stream(body.split("\n\n", -1))
                    .filter(event -> event.startsWith("event: message\ndata: "))
                    .map(event -> object(event.substring("event: message\ndata: ".length())))
                    .toList();
        }

        Map<String, Object> message() {
            return messages().getLast();
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> result() {
            return (Map<String, Object>) at(message(), "result");
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> error() {
            return (Map<String, Object>) at(message(), "error");
        }

        String text() {
            return String.valueOf(at(result(), "content", 0, "text"));
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    HttpProbe opened(String revision) {
        Reply reply = send(initialize(revision));
        session = reply.header("Mcp-Session-Id");
        return this;
    }

    static String initialize(String revision) {
        return "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}"
                .formatted(revision);
    }

    static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
                .formatted(id, method, params);
    }

    String session() {
        return String.valueOf(session);
    }

    Reply call(String tool, String arguments) {
        return ask("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments));
    }

    Reply ask(String method, String params) {
        return send(request(7, method, params));
    }

    /// Posts with the usual headers; pairs of names and values come on top, an empty value takes a
    /// usual header away.
    Reply send(String body, String... headers) {
        return exchange(
                HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    Reply exchange(String method, String... headers) {
        return exchange(
                HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()),
                headers);
    }

    Reply exchange(HttpRequest.Builder request, String... headers) {
        try {
            HttpResponse<String> response =
                    client.send(with(request, headers), BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response);
        } catch (IOException broken) {
            throw new AssertionError("no answer", broken);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    HttpClient client() {
        return client;
    }

    URI uri() {
        return uri;
    }

    HttpRequest with(HttpRequest.Builder request, String... headers) {
        var all = new LinkedHashMap<String, String>();
        all.put("Content-Type", "application/json");
        all.put("Accept", "application/json, text/event-stream");
        all.put("Mcp-Session-Id", session == null ? "" : session);
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.setHeader(name, value);
            }
        });
        return request.timeout(Duration.ofSeconds(20)).build();
    }

    /// What stands at a path of keys and indexes.
    static Object at(Object value, Object... path) {
        Object here = value;
        for (Object step : path) {
            here =
                    Objects.requireNonNull(
                            step instanceof Integer index
                                    ? ((List<?>) here).get(index)
                                    : ((Map<?, ?>) here).get(step),
                            () -> "no " + step + " in " + value);
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String json) {
        return (Map<String, Object>) Objects.requireNonNull(Json.parse(json));
    }

    @Override
    public void close() {
        client.close();
    }
}
