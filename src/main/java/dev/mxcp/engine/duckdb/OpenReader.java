package dev.mxcp.engine.duckdb;

import org.jspecify.annotations.Nullable;

/// Takes a result that stays open after its statement was run. Runs on a thread of the database.
@FunctionalInterface
interface OpenReader<T extends @Nullable Object> extends ResultReader<T> {

    /// What it makes of the result.
    T opened(OpenResult result);

    /// A text without any statement has a result without columns.
    @Override
    default T read(QueryResult result) {
        return opened(OpenResult.empty(result));
    }
}
