package dev.mxcp.engine.python;

import org.jspecify.annotations.Nullable;

/// Who is asked when user code calls `reload_duckdb`. Must not block: the worker's other reports
/// wait behind it. Thread-safe.
@FunctionalInterface
public interface ReloadRequests {
    /// Where there is no server.
    ReloadRequests NONE =
            (_, _) -> "there is no server that could reload (this works under `mxcp serve`)";

    /// Queues a reload.
    ///
    /// @param description the user's words; may be empty
    /// @param payload what to run while nobody holds the database file; null for none
    /// @return null if it is queued, else why it is not
    @Nullable String request(String description, @Nullable Payload payload);
}
