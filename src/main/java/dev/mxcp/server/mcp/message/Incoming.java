package dev.mxcp.server.mcp.message;

/// What one HTTP body or one line holds.
public sealed interface Incoming permits Request, Notification, Response, Batch, Unreadable {}
