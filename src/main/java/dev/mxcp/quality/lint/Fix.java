package dev.mxcp.quality.lint;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of a file that surely means what its author meant.
///
/// @param file the absolute path
/// @param path of the mapping that gets a key, or of the value that is replaced
/// @param newKey the key to add; null when a value is replaced
public record Fix(Path file, List<Object> path, @Nullable String newKey, Object value) {}
