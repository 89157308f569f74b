package dev.mxcp.server.mcp.method;

import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Presentation;
import dev.mxcp.project.Presentation.Delivery;
import dev.mxcp.server.mcp.era.Era.ListShape;
import dev.mxcp.types.JsonSchema;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.json.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// How endpoints look in lists (V9, V15, V16, J1-J5), with what a revision knows of it (M1.7).
final class ListEntries {
    private ListEntries() {}

    static JsonBuffer tool(Endpoint.Tool tool, ListShape shape) {
        var out = described(tool.name(), tool, shape);
        out.raw(',').name("inputSchema").any(input(tool));
        if (shape.shows(ListShape.OPEN)) {
            if (tool.returns() != null) {
                out.raw(',').name("outputSchema").any(anyOutput(tool.returns()));
            }
        } else if (shape.shows(ListShape.STRUCTURED)) {
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
        if (shape.shows(ListShape.ANNOTATED)
                && !tool.toolAnnotations().equals(Endpoint.ToolAnnotations.NONE)) {
            annotations(tool.toolAnnotations(), out.raw(',').name("annotations"));
        }
        return out.raw('}');
    }

    static JsonBuffer resource(Endpoint.Resource resource, ListShape shape) {
        String uri = resource.uri().text();
        var out = described(Objects.requireNonNullElse(resource.name(), uri), resource, shape);
        out.raw(',').name(resource.uri().isTemplate() ? "uriTemplate" : "uri").value(uri);
        String mimeType = knownMimeType(resource);
        if (mimeType != null) {
            out.raw(',').name("mimeType").value(mimeType);
        }
        return out.raw('}');
    }

    static JsonBuffer prompt(Endpoint.Prompt prompt, ListShape shape) {
        var out = described(prompt.name(), prompt, shape);
        out.raw(',').name("arguments").raw('[');
        String separator = "";
        for (Parameter parameter : prompt.parameters()) {
            out.raw(separator).raw('{').name("name").value(parameter.name());
            separator = ",";
            Presentation presentation = prompt.file().presentation();
            title(presentation.parameter(parameter.name()).title(), shape, out);
            String description = parameter.type().description();
            if (description != null) {
                out.raw(',').name("description").value(description);
            }
            out.raw(',').name("required").value(parameter.required()).raw('}');
        }
        return out.raw("]}");
    }

    /// The input schema with what is said of single parameters, and the cursor of lists in pages.
    @SuppressWarnings("unchecked") // JsonSchema makes maps with text keys
    private static Map<String, @Nullable Object> input(Endpoint.Tool tool) {
        SequencedMap<String, @Nullable Object> schema = JsonSchema.input(tool.parameters());
        Presentation presentation = tool.file().presentation();
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
            return schema;
        }
        properties.forEach((name, property) -> {
            var said = presentation.parameter(String.valueOf(name));
            if (property instanceof Map<?, ?> open) {
                var members = (Map<String, @Nullable Object>) open;
                if (said.title() != null) {
                    members.put("title", said.title());
                }
                if (said.header() != null) {
                    members.put("x-mcp-header", said.header());
                }
            }
        });
        if (presentation.delivery().paginated()) {
            var cursor = new LinkedHashMap<String, @Nullable Object>();
            cursor.put("type", "string");
            cursor.put("description", "Where to go on, from the previous result; absent at first");
            ((Map<String, @Nullable Object>) properties).put(Delivery.CURSOR, cursor);
            schema.remove("additionalProperties");
        }
        return schema;
    }

    /// In the stateless era a result of any type has a schema, null included (M14.7, M14.22).
    private static Map<String, @Nullable Object> anyOutput(TypeDef returns) {
        SequencedMap<String, @Nullable Object> schema = JsonSchema.output(returns);
        if (returns.nullable() && schema.get("type") instanceof String type) {
            schema.put("type", List.of(type, "null"));
        }
        return schema;
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

    private static JsonBuffer described(String name, Endpoint endpoint, ListShape shape) {
        var out = new JsonBuffer(1024).raw('{').name("name").value(name);
        Presentation presentation = endpoint.file().presentation();
        title(presentation.title(), shape, out);
        out.raw(',').name("description");
        out.value(Objects.requireNonNullElse(endpoint.description(), ""));
        if (shape.shows(ListShape.ILLUSTRATED) && !presentation.icons().isEmpty()) {
            icons(presentation.icons(), out.raw(',').name("icons"));
        }
        return out;
    }

    private static void title(@Nullable String title, ListShape shape, JsonBuffer out) {
        if (title != null && shape.shows(ListShape.STRUCTURED)) {
            out.raw(',').name("title").value(title);
        }
    }

    private static void icons(List<Presentation.Icon> icons, JsonBuffer out) {
        char separator = '[';
        for (Presentation.Icon icon : icons) {
            out.raw(separator).raw('{').name("src").value(icon.src());
            separator = ',';
            if (icon.mimeType() != null) {
                out.raw(',').name("mimeType").value(icon.mimeType());
            }
            if (!icon.sizes().isEmpty()) {
                out.raw(',').name("sizes").any(icon.sizes());
            }
            if (icon.theme() != null) {
                out.raw(',').name("theme").value(icon.theme());
            }
            out.raw('}');
        }
        out.raw(']');
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
