package dev.mxcp.server.mcp.method;

import dev.mxcp.types.json.JsonBuffer;

/// Where messages go that precede the answer of a request. Thread-safe; never throws because of the
/// client's state.
public interface MessageSink {

    /// Sends one whole message, if the client is still there.
    void send(JsonBuffer message);

    /// Whether a request can be sent here that the client answers by another way.
    default boolean asks() {
        return true;
    }

    /// The request is being worked on for a while: a transport that must not stay silent says
    /// something now, without blocking.
    void heartbeat();
}
