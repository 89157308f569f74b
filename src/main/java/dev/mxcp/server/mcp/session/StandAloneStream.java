package dev.mxcp.server.mcp.session;

import dev.mxcp.types.json.JsonBuffer;

/// The stream that a client keeps open for messages which belong to no request (M7.13).
/// Thread-safe; never blocks.
public interface StandAloneStream {

    /// Has it see whether its client is there and whether it should go on.
    void poke();

    /// Sends one whole message, if the client is still there.
    void offer(JsonBuffer message);
}
