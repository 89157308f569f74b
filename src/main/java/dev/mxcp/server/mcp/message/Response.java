package dev.mxcp.server.mcp.message;

/// The client's answer to a request of the server. This server asks nothing yet, so all that counts
/// is that it is one (M7.11).
public record Response(RequestId id) implements Incoming {}
