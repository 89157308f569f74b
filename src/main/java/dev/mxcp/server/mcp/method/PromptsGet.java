package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.RenderedMessage;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Result;
import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.project.Endpoint;
import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `prompts/get` (M16, V16, E9.1): messages with role `user` or `assistant`; a message of type
/// `resource` embeds the resource that its text names.
public final class PromptsGet implements Method {
    private static final Logger LOG = LoggerFactory.getLogger(PromptsGet.class);

    private final Calls calls;

    public PromptsGet(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "prompts/get";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        String name = Params.text(exchange.request(), "name");
        Map<String, @Nullable Object> arguments = texts(Params.arguments(exchange.request()));
        Endpoint.Prompt listed = calls.surface().prompt(name).orElseThrow(() -> unknown(name));
        Requirements.checkClient(listed, exchange); // before waiting for anything
        calls.run(
                exchange,
                listed,
                (surface, context) -> {
                    Endpoint.Prompt prompt = surface.prompt(name).orElseThrow(() -> unknown(name));
                    List<RenderedMessage> messages =
                            surface.runner().render(prompt, arguments, context);
                    out.raw('{');
                    if (prompt.description() != null) {
                        out.name("description").value(prompt.description()).raw(',');
                    }
                    out.raw("\"messages\":[");
                    String separator = "";
                    for (RenderedMessage message : messages) {
                        out.raw(separator);
                        separator = ",";
                        write(message, surface, exchange.era(), context, out);
                    }
                    out.raw("]}");
                    return messages;
                });
    }

    private static void write(
            RenderedMessage message,
            Surface surface,
            Era era,
            CallContext context,
            JsonBuffer out) {
        String role = "assistant".equals(message.role()) ? "assistant" : "user";
        out.raw('{').name("role").value(role).raw(',').name("content");
        if (message.block() != null) {
            Blocks.write(message.block(), era, out);
        } else if ("resource".equals(message.type())) {
            reference(message.prompt().strip(), surface, era, context, out);
        } else {
            text(message.prompt(), out);
        }
        out.raw('}');
    }

    private static void reference(
            String uri, Surface surface, Era era, CallContext context, JsonBuffer out) {
        Optional<Surface.Found> found = surface.resource(uri);
        if (found.isPresent()) {
            try {
                embed(uri, found.get(), surface, context, out);
            } catch (CallRejected | EndpointFailed unreadable) {
                LOG.warn("resource {} of a prompt cannot be read", uri, unreadable);
                text(uri, out);
            }
        } else if (era.resourceLinks()) {
            out.raw("{\"type\":\"resource_link\",\"uri\":").value(uri);
            out.raw(',').name("name").value(uri).raw('}');
        } else {
            text(uri, out);
        }
    }

    private static void embed(
            String uri, Surface.Found found, Surface surface, CallContext context, JsonBuffer out) {
        Result result =
                surface.runner()
                        .run(
                                found.resource(),
                                new LinkedHashMap<>(found.values()),
                                Arguments.Source.TEXT,
                                context);
        out.raw("{\"type\":\"resource\",\"resource\":");
        ResourcesRead.writeContents(uri, found.resource(), result, out);
        out.raw('}');
    }

    private static void text(String text, JsonBuffer out) {
        out.raw("{\"type\":\"text\",\"text\":").value(text).raw('}');
    }

    /// Arguments are texts on the wire (M16.2); clients that send other values are understood.
    private static Map<String, @Nullable Object> texts(Map<String, @Nullable Object> arguments) {
        var texts = new LinkedHashMap<String, @Nullable Object>();
        arguments.forEach((name, value) -> {
            boolean asIs = value == null || value instanceof String;
            texts.put(name, asIs ? value : Json.text(value));
        });
        return texts;
    }

    private static Refusal unknown(String name) {
        return Refusal.invalidParams("Unknown prompt: " + name);
    }
}
