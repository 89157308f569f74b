package dev.mxcp.server.mcp.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The client's answer to a request of the server (M7.11).
///
/// @param result null when the client answers with an error
/// @param error what the client says is wrong, in its words; null with a result
public record Response(
        RequestId id, @Nullable Map<String, @Nullable Object> result, @Nullable String error)
        implements Incoming {}
