package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.server.mcp.session.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The other end of a request.
///
/// @param session whose requests it can cancel; in the stateless era nothing else of it counts
/// @param era what is understood there
/// @param transport the word for it in [dev.mxcp.engine.call.CallContext]
/// @param headers of the HTTP request, names in lower case; null on stdio
/// @param mirror the headers that repeat parts of the request
/// @param keepsState whether anything outlives the request (M7.18)
public record Peer(
        Session session,
        Era era,
        Caller caller,
        String transport,
        @Nullable Map<String, String> headers,
        Mirror mirror,
        MessageSink sink,
        boolean keepsState) {

    /// The other end of a session.
    public static Peer of(
            Session session,
            Caller caller,
            String transport,
            @Nullable Map<String, String> headers,
            MessageSink sink,
            boolean keepsState) {
        return new Peer(
                session, session.era(), caller, transport, headers, Mirror.NONE, sink, keepsState);
    }
}
