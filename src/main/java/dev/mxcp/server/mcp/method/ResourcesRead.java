package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.Result;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Presentation;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.json.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `resources/read` (M15, V15).
public final class ResourcesRead implements Method {
    private final Calls calls;

    public ResourcesRead(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "resources/read";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        String uri = Params.text(exchange.request(), "uri");
        int notFound = exchange.era().resourceNotFound();
        Surface.Found listed =
                calls.surface().resource(uri).orElseThrow(() -> unknown(uri, notFound));
        Requirements.checkClient(listed.resource(), exchange); // before waiting for anything
        calls.run(
                exchange,
                listed.resource(),
                (surface, context) -> {
                    Surface.Found found =
                            surface.resource(uri).orElseThrow(() -> unknown(uri, notFound));
                    Result result =
                            surface.runner()
                                    .run(
                                            found.resource(),
                                            new LinkedHashMap<>(found.values()),
                                            Arguments.Source.TEXT,
                                            context);
                    out.raw("{\"contents\":[");
                    writeContents(uri, found.resource(), result, out);
                    out.raw("]}");
                    Presentation.Cache cache = found.resource().file().presentation().cache();
                    CacheHints hints =
                            cache == null
                                    ? CacheHints.NONE
                                    : new CacheHints(cache.ttl(), cache.everybody());
                    hints.write(exchange, out);
                    return result;
                });
    }

    /// Writes the contents of a resource as results and embedded resources have them.
    static void writeContents(
            String uri, Endpoint.Resource resource, Result result, JsonBuffer out) {
        if (result.content() != null) {
            Blocks.writeContents(uri, result.content().blocks(), out);
            return;
        }
        boolean text = result.kind() == Result.Kind.TEXT;
        String mimeType =
                Objects.requireNonNullElse(
                        resource.mimeType(), text ? "text/plain" : "application/json");
        out.raw('{').name("uri").value(uri);
        out.raw(',').name("mimeType").value(mimeType);
        out.raw(',').name("text");
        if (text) {
            out.raw(result.json());
        } else {
            out.stringOf(result.json());
        }
        out.raw('}');
    }

    private static Refusal unknown(String uri, int code) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("uri", uri);
        return new Refusal(code, "Unknown resource: " + uri, data);
    }
}
