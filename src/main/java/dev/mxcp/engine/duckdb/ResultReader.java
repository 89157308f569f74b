package dev.mxcp.engine.duckdb;

import org.jspecify.annotations.Nullable;

/// Reads a result into whatever the caller wants. Runs on a thread of the database, once, while the
/// session's statement is open: it must not use the session, nor wait for anything.
@FunctionalInterface
public interface ResultReader<T extends @Nullable Object> {
    /// Reads the result; what it throws reaches the caller of [Session#query].
    T read(QueryResult result);
}
