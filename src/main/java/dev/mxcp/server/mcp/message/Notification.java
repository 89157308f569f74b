package dev.mxcp.server.mcp.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message that is never answered (M4.2).
///
/// @param params plain values; empty when absent
public record Notification(String method, Map<String, @Nullable Object> params)
        implements Incoming {}
