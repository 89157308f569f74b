package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;

/// Runs SQL functions in a worker. Thread-safe; the calling thread waits and must be no virtual one
/// that others need.
@FunctionalInterface
public interface FunctionCaller {

    /// Computes the results for a batch of rows. The function sees the call's user, and may use the
    /// database in the call's name.
    ///
    /// @param call the one whose statement calls the function
    /// @param rows at least 1
    /// @param columns gives the arguments and takes the results
    /// @throws dev.mxcp.problem.MxcpException.EndpointFailed when the function raises, or the
    ///   worker ends under it
    /// @throws dev.mxcp.problem.MxcpException.CallCancelled when the call is cancelled
    void call(CallContext call, PythonFunction function, int rows, FunctionColumns columns);
}
