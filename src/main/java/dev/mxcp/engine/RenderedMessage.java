package dev.mxcp.engine;

import org.jspecify.annotations.Nullable;

/// One message of a prompt after rendering (E9).
///
/// @param prompt the rendered text
/// @param role as written in the file
/// @param type as written in the file
public record RenderedMessage(String prompt, @Nullable String role, @Nullable String type) {}
