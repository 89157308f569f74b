package dev.mxcp.server.mcp.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message that wants an answer.
///
/// @param params plain values; empty when absent
public record Request(RequestId id, String method, Map<String, @Nullable Object> params)
        implements Incoming {

    /// The member `_meta` of the parameters; empty when absent or not an object.
    @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
    public Map<String, @Nullable Object> meta() {
        return params.get("_meta") instanceof Map<?, ?> meta
                ? (Map<String, @Nullable Object>) meta
                : Map.of();
    }
}
