package dev.mxcp.engine.duckdb;

/// What a [ScalarFunction] does. Called on any thread of DuckDB's, on several at once; may wait,
/// and may use other sessions of the same call meanwhile.
@FunctionalInterface
public interface FunctionBody {

    /// Computes one value per row. What it throws fails the statement: the message of an
    /// [dev.mxcp.problem.MxcpException] or [DuckDbException] becomes that of the statement,
    /// anything else is a bug of ours.
    ///
    /// @param batch the arguments; valid until this returns
    /// @param result takes exactly one value for each row
    void call(FunctionBatch batch, VectorWriter result);
}
