package dev.mxcp.engine.python;

import java.util.List;

/// A function to be checked against its endpoint.
///
/// @param parameters the names that the endpoint would pass
public record InspectedFunction(PythonTarget target, List<String> parameters) {
    public InspectedFunction {
        parameters = List.copyOf(parameters);
    }
}
