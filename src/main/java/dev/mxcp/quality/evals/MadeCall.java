package dev.mxcp.quality.evals;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call that the model made, whether it went well or not.
///
/// @param tool name of a tool, URI template of a resource; as the model wrote it where there is
///   none
public record MadeCall(String tool, Map<String, @Nullable Object> arguments) {}
