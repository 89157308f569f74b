package dev.mxcp.engine.duckdb;

import java.util.List;

/// What a statement would give, as far as that is known before it runs.
///
/// @param query whether it only reads, so that it can stand where a table can
/// @param parameters whether it has any
public record BoundStatement(boolean query, boolean parameters, List<Column> columns) {
    public BoundStatement {
        columns = List.copyOf(columns);
    }
}
