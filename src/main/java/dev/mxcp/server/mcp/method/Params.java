package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads parameters that have to have a certain shape.
final class Params {
    private Params() {}

    /// A required text.
    ///
    /// @throws Refusal when it is absent or something else
    static String text(Request request, String name) {
        if (request.params().get(name) instanceof String text) {
            return text;
        }
        throw Refusal.malformedParams("\"" + name + "\" has to be a string");
    }

    /// The member `arguments`; absent is the same as empty (M4.7).
    ///
    /// @throws Refusal when it is no object
    @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
    static Map<String, @Nullable Object> arguments(Request request) {
        Object arguments = request.params().get("arguments");
        if (arguments == null) {
            return Map.of();
        }
        if (arguments instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw Refusal.malformedParams("\"arguments\" has to be an object");
    }
}
