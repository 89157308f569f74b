package dev.mxcp.server.mcp.message;

import java.util.List;

/// Several messages at once; only revision 2025-03-26 knows this (M7.20).
///
/// @param messages neither empty nor nested
public record Batch(List<Incoming> messages) implements Incoming {
    public Batch {
        messages = List.copyOf(messages);
    }
}
