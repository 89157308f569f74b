import dev.mxcp.types.json.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The limit of HTTP: reads a JSON-RPC message, answers a tool result with its id, does nothing else.
void main(String[] args) {
    WebServer.builder()
            .host("127.0.0.1")
            .port(Integer.parseInt(args[0]))
            .routing(
                    routing ->
                            routing.post(
                                    "/mcp",
                                    (request, response) -> {
                                        var message = (Map<?, ?>) Json.parse(request.content().as(byte[].class));
                                        response.headers()
                                                .set(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
                                        response.send(
                                                ("{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id")
                                                                + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"ok\\\":true}\"}]}}")
                                                        .getBytes(StandardCharsets.UTF_8));
                                    }))
            .build()
            .start();
}
