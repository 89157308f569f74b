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

    /// The request is still being worked on, said about every second: a transport that must not
    /// stay silent for long says something when it is time, without blocking.
    void heartbeat();

    /// Whether the answer is known to have no way to the client any more.
    default boolean lost() {
        return false;
    }
}
