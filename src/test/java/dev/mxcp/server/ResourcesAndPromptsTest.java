package dev.mxcp.server;

import static dev.mxcp.server.FakeRunner.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.engine.RenderedMessage;
import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.server.mcp.session.Sessions;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Resources and prompts on the wire (M15, M16, V15, V16, E8, E9.1).
class ResourcesAndPromptsTest {
    private static final TypeDef REQUIRED = FakeRunner.text();
    private static final TypeDef OPTIONAL =
            new TypeDef(
                    TypeDef.Text.PLAIN,
                    "how",
                    new TypeDef.Default("x"),
                    List.of(),
                    null,
                    false,
                    false);
    private final Server server =
            Server.startHttp(
                    new FakeRunner()
                            .resource(
                                    "note://welcome",
                                    "Welcome",
                                    FakeRunner.text(),
                                    null,
                                    (_, _) -> result("hi"))
                            .resource(
                                    "item://{id}",
                                    null,
                                    FakeRunner.object(),
                                    null,
                                    (values, _) -> result(values))
                            .resource(
                                    "item://special-{id}",
                                    null,
                                    null,
                                    "text/csv",
                                    (_, _) -> result(List.of("special")))
                            .resource(
                                    "bad://{id}",
                                    null,
                                    null,
                                    null,
                                    (values, _) -> {
                                        throw "9".equals(values.get("id"))
                                                ? new EndpointFailed("no disk", null)
                                                : new CallRejected("id: not 9");
                                    })
                            .prompt(
                                    "greet",
                                    List.of(
                                            new Parameter("name", REQUIRED),
                                            new Parameter("tone", OPTIONAL)),
                                    new RenderedMessage("be kind", "system", null),
                                    new RenderedMessage("$args", null, null),
                                    new RenderedMessage("yes", "assistant", "text"),
                                    new RenderedMessage(" item://7 ", "user", "resource"),
                                    new RenderedMessage("bad://9", "user", "resource"),
                                    new RenderedMessage("http://else/", "user", "resource")),
                    new Server.HttpOptions("localhost", 0, false, List.of(), List.of(), null),
                    "9.9",
                    Sessions.Limits.DEFAULT,
                    InstantSource.system());
    private final HttpProbe probe = new HttpProbe(server.port()).opened("2025-06-18");

    @AfterEach
    void close() {
        probe.close();
        server.close(Duration.ZERO);
    }

    private Map<String, Object> read(String uri) {
        return probe.ask("resources/read", "{\"uri\":\"%s\"}".formatted(uri)).message();
    }

    @Test
    void lists_static_resources_and_templates_apart() { // M15.1, M15.2, E8.2, E8.3
        assertThat(probe.ask("resources/list", "{}").result())
                .containsEntry(
                        "resources",
                        List.of(
                                Map.of(
                                        "name", "Welcome",
                                        "description", "",
                                        "uri", "note://welcome",
                                        "mimeType", "text/plain")));
        assertThat(
                        HttpProbe.at(
                                probe.ask("resources/templates/list", "{}").result(),
                                "resourceTemplates"))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "name", "item://{id}",
                                        "description", "",
                                        "uriTemplate", "item://{id}",
                                        "mimeType", "application/json"),
                                Map.of(
                                        "name", "item://special-{id}",
                                        "description", "",
                                        "uriTemplate", "item://special-{id}",
                                        "mimeType", "text/csv"),
                                Map.of(
                                        "name", "bad://{id}",
                                        "description", "",
                                        "uriTemplate", "bad://{id}")));
    }

    @Test
    void reads_static_resources_and_templates() { // M15.3, M15.5, M15.6
        assertThat(read("note://welcome").get("result"))
                .isEqualTo(
                        Map.of(
                                "contents",
                                List.of(
                                        Map.of(
                                                "uri", "note://welcome",
                                                "mimeType", "text/plain",
                                                "text", "hi"))));
        assertThat(HttpProbe.at(read("ITEM://a%20b"), "result", "contents", 0))
                .isEqualTo(
                        Map.of(
                                "uri", "ITEM://a%20b",
                                "mimeType", "application/json",
                                "text", "{\"id\":\"a b\"}"));
        assertThat(HttpProbe.at(read("item://special-1"), "result", "contents", 0, "text"))
                .isEqualTo("[\"special\"]");
    }

    @Test
    void failures_of_resources_are_protocol_errors() { // M15.7, M15.8
        assertThat(read("item://a/b").get("error"))
                .isEqualTo(
                        Map.of(
                                "code",
                                -32002L,
                                "message",
                                "Unknown resource: item://a/b",
                                "data",
                                Map.of("uri", "item://a/b")));
        assertThat(HttpProbe.at(read("bad://1"), "error", "code")).isEqualTo(-32602L);
        assertThat(read("bad://9").get("error"))
                .isEqualTo(Map.of("code", -32603L, "message", "no disk"));
        assertThat(probe.ask("resources/read", "{}").error()).containsEntry("code", -32602L);
        assertThat(probe.ask("resources/subscribe", "{}").error()).containsEntry("code", -32602L);
    }

    @Test
    void lists_prompts() { // M16.1, J3
        assertThat(probe.ask("prompts/list", "{}").result().get("prompts"))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "name",
                                        "greet",
                                        "description",
                                        "asks greet",
                                        "arguments",
                                        List.of(
                                                Map.of("name", "name", "required", true),
                                                Map.of(
                                                        "name", "tone",
                                                        "description", "how",
                                                        "required", false)))));
    }

    @Test
    void gets_a_prompt() { // M16.3, E9.1
        var result =
                probe.ask(
                                "prompts/get",
                                "{\"name\":\"greet\",\"arguments\":{\"name\":\"Ann\",\"n\":5}}")
                        .result();

        assertThat(result).containsEntry("description", "asks greet");
        assertThat(HttpProbe.at(result, "messages"))
                .isEqualTo(
                        List.of(
                                message("user", text("be kind")),
                                message("user", text("{name=Ann, n=5}")),
                                message("assistant", text("yes")),
                                message(
                                        "user",
                                        Map.of(
                                                "type",
                                                "resource",
                                                "resource",
                                                Map.of(
                                                        "uri", "item://7",
                                                        "mimeType", "application/json",
                                                        "text", "{\"id\":\"7\"}"))),
                                message("user", text("bad://9")),
                                message(
                                        "user",
                                        Map.of(
                                                "type", "resource_link",
                                                "uri", "http://else/",
                                                "name", "http://else/"))));
        assertThat(probe.ask("prompts/get", "{\"name\":\"x\"}").error())
                .containsEntry("code", -32602L);
    }

    private static Map<String, Object> message(String role, Map<String, ?> content) {
        return Map.of("role", role, "content", content);
    }

    private static Map<String, Object> text(String text) {
        return Map.of("type", "text", "text", text);
    }
}
