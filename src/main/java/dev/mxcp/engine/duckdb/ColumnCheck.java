package dev.mxcp.engine.duckdb;

import org.jspecify.annotations.Nullable;

/// What a declared type demands of the values of one column.
@FunctionalInterface
public interface ColumnCheck {
    /// Looks at one value.
    ///
    /// @param row its number in the result, from 0
    /// @param value as [ValueRows] gives it
    /// @throws RuntimeException to refuse the whole result; it reaches the caller of the query
    void check(long row, @Nullable Object value);
}
