package dev.mxcp.server.mcp.message;

import org.jspecify.annotations.Nullable;

/// Something that is no JSON or no message.
///
/// @param id of the request, if at least that could be read
public record Unreadable(@Nullable RequestId id, int code, String message) implements Incoming {}
