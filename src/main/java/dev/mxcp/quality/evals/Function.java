package dev.mxcp.quality.evals;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is offered to a model.
///
/// @param name as APIs admit it
/// @param schema of the arguments, as a server publishes it
record Function(String name, String description, Map<String, @Nullable Object> schema) {}
