package dev.mxcp.engine.call;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What surrounds one call, whatever it runs: who, from where, under which id, and how to end it or
/// speak to its client.
///
/// @param id one id through logs of the JVM and of the worker
/// @param transport `streamable-http`, `sse`, `stdio`, `cli` or `cli-test` (R2.12), or [#INTERNAL]
/// @param headers of the HTTP request, names in lower case; null where there is no request
/// @param session the session of the protocol it belongs to; null where there is none, or one only
public record CallContext(
        String id,
        Caller caller,
        String transport,
        @Nullable Map<String, String> headers,
        Cancellation cancellation,
        ClientMessages client,
        @Nullable String session) {
    /// The transport of what nobody called: hooks, imports, work of our own.
    public static final String INTERNAL = "internal";

    /// A call outside of any session.
    public CallContext(
            String id,
            Caller caller,
            String transport,
            @Nullable Map<String, String> headers,
            Cancellation cancellation,
            ClientMessages client) {
        this(id, caller, transport, headers, cancellation, client, null);
    }

    /// Whether nobody called.
    public boolean internal() {
        return transport.equals(INTERNAL);
    }
}
