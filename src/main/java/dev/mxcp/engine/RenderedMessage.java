package dev.mxcp.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One message of a prompt after rendering (E9).
///
/// @param prompt the rendered text
/// @param role as written in the file
/// @param type as written in the file
/// @param block content that a function made instead of a text (M14.12); null for texts
public record RenderedMessage(
        String prompt,
        @Nullable String role,
        @Nullable String type,
        @Nullable Map<String, @Nullable Object> block) {

    /// A message that is a text.
    public RenderedMessage(String prompt, @Nullable String role, @Nullable String type) {
        this(prompt, role, type, null);
    }
}
