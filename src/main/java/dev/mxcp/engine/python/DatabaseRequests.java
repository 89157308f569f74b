package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;

/// Where the statements of user code go. Implemented where DuckDB is known. Thread-safe.
public interface DatabaseRequests {

    /// The database for one call, hook or import; asked for when its first statement comes.
    ///
    /// @param call of a hook or import: nobody's, with transport `internal`
    CallDatabase open(CallContext call);

    /// DuckDB's version (`v2.0.0`), or the empty text where it is not known.
    default String version() {
        return "";
    }
}
