package dev.mxcp.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// Stands in for the APIs of both families (cli G1): answers `POST /v1/chat/completions` and `POST
/// /v1/messages` with scripted replies and keeps the requests.
final class FakeModels implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Reply> script = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /// @param status 0 for a reply that never comes
    record Reply(int status, String body) {}

    record Request(String path, Map<String, String> headers, Map<?, ?> body) {
        String text() {
            return Json.text(body);
        }
    }

    FakeModels() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The next reply; the last one is given for ever.
    FakeModels then(int status, String body) {
        script.add(new Reply(status, body));
        return this;
    }

    FakeModels hang() {
        return then(0, "");
    }

    FakeModels openAi(String text) {
        return then(
                200,
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":%s}}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10}}"
                        .formatted(Json.text(text)));
    }

    /// @param calls name and arguments in turn
    FakeModels openAiCalls(String... calls) {
        var list = new StringBuilder();
        for (int i = 0; i < calls.length; i += 2) {
            list.append(i == 0 ? "" : ",")
                    .append(
                            "{\"id\":\"c%d\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}"
                                    .formatted(i, Json.text(calls[i]), Json.text(calls[i + 1])));
        }
        return then(
                200,
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[%s]}}]}"
                        .formatted(list));
    }

    FakeModels claude(String text) {
        return then(
                200,
                "{\"content\":[{\"type\":\"text\",\"text\":%s}],\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}"
                        .formatted(Json.text(text)));
    }

    FakeModels claudeCall(String name, String arguments) {
        return then(
                200,
                "{\"content\":[{\"type\":\"text\",\"text\":\"I look.\"},{\"type\":\"tool_use\",\"id\":\"u1\",\"name\":%s,\"input\":%s}]}"
                        .formatted(Json.text(name), arguments));
    }

    List<Request> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name, values.getFirst()));
            requests.add(
                    new Request(
                            exchange.getRequestURI().getPath(),
                            headers,
                            (Map<?, ?>) Objects.requireNonNull(Json.parse(body))));
            Reply reply = next();
            if (reply.status() == 0) {
                end.await();
                return;
            }
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Reply next() {
        return script.size() > 1 ? script.remove() : script.element();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
