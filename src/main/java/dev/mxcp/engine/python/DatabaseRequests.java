package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import java.util.List;

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

    /// Makes the functions of plugins callable in SQL, before anything of the project runs that may
    /// use them. Each worker tells its own; ones that are known already take the place of those.
    ///
    /// @param caller runs them
    /// @throws RuntimeException when one cannot be defined; the worker then does not start
    default void define(List<PythonFunction> functions, FunctionCaller caller) {
        throw new UnsupportedOperationException("this database takes no functions");
    }
}
