package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.server.mcp.session.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The other end of a request.
///
/// @param transport the word for it in [dev.mxcp.engine.call.CallContext]
/// @param headers of the HTTP request, names in lower case; null on stdio
/// @param keepsState whether anything outlives the request (M7.18)
public record Peer(
        Session session,
        Caller caller,
        String transport,
        @Nullable Map<String, String> headers,
        MessageSink sink,
        boolean keepsState) {}
