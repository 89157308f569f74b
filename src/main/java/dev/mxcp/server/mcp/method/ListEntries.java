package dev.mxcp.server.mcp.method;

import dev.mxcp.project.Endpoint;
import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.types.JsonSchema;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.json.JsonBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How endpoints look in lists (V9, V15, V16, J1-J5).
final class ListEntries {
    private ListEntries() {}

    static JsonBuffer tool(Endpoint.Tool tool, Era.ToolShape shape) {
        var out = described(tool.name(), tool.description());
        out.raw(',').name("inputSchema").any(JsonSchema.input(tool.parameters()));
        if (shape == Era.ToolShape.STRUCTURED) {
            switch (Structure.of(tool.returns())) {
                case OBJECT -> out.raw(',').name("outputSchema").any(schema(tool));
                case WRAPPED ->
                        out.raw(',')
                                .name("outputSchema")
                                .raw("{\"type\":\"object\",\"properties\":{\"result\":")
                                .any(schema(tool))
                                .raw("},\"required\":[\"result\"]}");
                case NONE, NULLABLE_OBJECT, NULLABLE_WRAPPED -> {}
            }
        }
        if (shape != Era.ToolShape.PLAIN
                && !tool.toolAnnotations().equals(Endpoint.ToolAnnotations.NONE)) {
            annotations(tool.toolAnnotations(), out.raw(',').name("annotations"));
        }
        return out.raw('}');
    }

    static JsonBuffer resource(Endpoint.Resource resource) {
        String uri = resource.uri().text();
        String name = Objects.requireNonNullElse(resource.name(), uri);
        var out = described(name, resource.description());
        out.raw(',').name(resource.uri().isTemplate() ? "uriTemplate" : "uri").value(uri);
        String mimeType = knownMimeType(resource);
        if (mimeType != null) {
            out.raw(',').name("mimeType").value(mimeType);
        }
        return out.raw('}');
    }

    static JsonBuffer prompt(Endpoint.Prompt prompt) {
        var out = described(prompt.name(), prompt.description());
        out.raw(',').name("arguments").raw('[');
        String separator = "";
        for (Parameter parameter : prompt.parameters()) {
            out.raw(separator).raw('{').name("name").value(parameter.name());
            separator = ",";
            String description = parameter.type().description();
            if (description != null) {
                out.raw(',').name("description").value(description);
            }
            out.raw(',').name("required").value(parameter.required()).raw('}');
        }
        return out.raw("]}");
    }

    /// The MIME type that every result of the resource has, if that is known before (M15.2).
    private static @Nullable String knownMimeType(Endpoint.Resource resource) {
        if (resource.mimeType() != null) {
            return resource.mimeType();
        }
        TypeDef returns = resource.returns();
        if (returns == null) {
            return null;
        }
        return returns.shape() instanceof TypeDef.Text ? "text/plain" : "application/json";
    }

    private static Object schema(Endpoint.Tool tool) {
        return JsonSchema.output(Objects.requireNonNull(tool.returns()));
    }

    private static JsonBuffer described(String name, @Nullable String description) {
        return new JsonBuffer(1024)
                .raw('{')
                .name("name")
                .value(name)
                .raw(',')
                .name("description")
                .value(Objects.requireNonNullElse(description, ""));
    }

    private static void annotations(Endpoint.ToolAnnotations hints, JsonBuffer out) {
        out.raw('{');
        int empty = out.size();
        if (hints.title() != null) {
            out.name("title").value(hints.title());
        }
        hint("readOnlyHint", hints.readOnlyHint(), empty, out);
        hint("destructiveHint", hints.destructiveHint(), empty, out);
        hint("idempotentHint", hints.idempotentHint(), empty, out);
        hint("openWorldHint", hints.openWorldHint(), empty, out);
        out.raw('}');
    }

    private static void hint(String name, @Nullable Boolean hint, int empty, JsonBuffer out) {
        if (hint != null) {
            if (out.size() > empty) {
                out.raw(',');
            }
            out.name(name).value(hint.booleanValue());
        }
    }
}
