package dev.mxcp.engine.duckdb;

import java.util.List;

/// A function of ours that SQL can call, row by row in its eyes, in batches in ours.
///
/// @param name in SQL
/// @param parameters their types as SQL writes them
/// @param returns the type of its results
/// @param body what it does
public record ScalarFunction(
        String name, List<String> parameters, String returns, FunctionBody body) {
    public ScalarFunction {
        parameters = List.copyOf(parameters);
    }

    /// Name and types of the parameters, by which calls are told apart.
    String signature() {
        return name + "(" + String.join(", ", parameters) + ")";
    }
}
