package dev.mxcp.engine.duckdb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a declared return type demands of a result: asked once per result for each column, then per
/// value only where there is something to check.
@FunctionalInterface
public interface ResultCheck {
    /// Looks at the columns before the first row; may throw.
    default void columns(List<Column> columns) {}

    /// The check of a column's values, or null where any value will do.
    @Nullable ColumnCheck column(Column column);
}
