package dev.mxcp.server.mcp.message;

import dev.mxcp.types.json.JsonBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message that is never answered (M4.2).
///
/// @param params plain values; empty when absent
public record Notification(String method, Map<String, @Nullable Object> params)
        implements Incoming {

    /// One that we send, without parameters.
    public static JsonBuffer of(String method) {
        return new JsonBuffer(128).raw("{\"jsonrpc\":\"2.0\",\"method\":").value(method).raw('}');
    }

    /// Tells who watches a resource that it has other contents.
    public static JsonBuffer ofResource(String uri) {
        return new JsonBuffer(256)
                .raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",")
                .raw("\"params\":{\"uri\":")
                .value(uri)
                .raw("}}");
    }
}
