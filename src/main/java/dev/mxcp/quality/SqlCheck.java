package dev.mxcp.quality;

import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Asks the database about SQL text without executing any of it (V9, V10).
@FunctionalInterface
public interface SqlCheck {

    /// Parses every statement and prepares those that depend on nothing made by an earlier one.
    Finding check(String sql);

    /// What the database says about a text.
    ///
    /// @param problem DuckDB's text; null when the SQL is sound
    /// @param warning what could not be judged; null when all could
    /// @param parameters names of all statements' parameters without `$`, as first written;
    ///   positional ones as `1`, `2`
    record Finding(
            @Nullable String problem, @Nullable String warning, SequencedSet<String> parameters) {}
}
