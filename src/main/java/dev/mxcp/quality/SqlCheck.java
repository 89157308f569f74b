package dev.mxcp.quality;

import dev.mxcp.types.Parameter;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Asks the database about SQL text without executing any of it (V9, V10).
@FunctionalInterface
public interface SqlCheck {

    /// Parses every statement, and prepares and binds those that depend on nothing made by an
    /// earlier one.
    ///
    /// @param parameters what a call will bind
    Finding check(String sql, List<Parameter> parameters);

    /// What the database says about a text.
    ///
    /// @param problem DuckDB's text; null when the SQL is sound
    /// @param warning what could not be judged; null when all could
    /// @param parameters names of all statements' parameters without `$`, as first written;
    ///   positional ones as `1`, `2`
    record Finding(
            @Nullable String problem, @Nullable String warning, SequencedSet<String> parameters) {}
}
