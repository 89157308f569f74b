package dev.mxcp.quality.lint;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.types.JsonSchema;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.json.Json;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// About how many tokens a model reads of an endpoint before it calls anything: a token is about
/// four characters of JSON, whichever the model.
public final class TokenEstimate {
    private static final int CHARACTERS = 4;

    private TokenEstimate() {}

    /// Of an endpoint as lists show it.
    public static int of(Endpoint endpoint) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("name", endpoint.id());
        entry.put("description", endpoint.description());
        switch (endpoint) {
            case Endpoint.Tool tool -> {
                entry.put("inputSchema", JsonSchema.input(tool.parameters()));
                if (tool.returns() != null) {
                    entry.put("outputSchema", published(tool.returns()));
                }
            }
            case Endpoint.Prompt prompt ->
                    entry.put("arguments", JsonSchema.input(prompt.parameters()));
            case Endpoint.Resource resource -> entry.put("mimeType", resource.mimeType());
        }
        return (Json.text(entry).length() + CHARACTERS - 1) / CHARACTERS;
    }

    /// Of all tools, which clients put before the model whole.
    public static int ofTools(Catalog catalog) {
        return catalog.endpoints().stream()
                .filter(Endpoint.Tool.class::isInstance)
                .mapToInt(TokenEstimate::of)
                .sum();
    }

    private static Object published(TypeDef returns) {
        return JsonSchema.output(returns);
    }
}
