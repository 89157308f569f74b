package dev.mxcp.engine.python;

import dev.mxcp.problem.Problem;

/// Something wrong with the function of an endpoint, found without calling it.
///
/// @param function which one
/// @param problem what, with the place in the Python file
public record FunctionProblem(InspectedFunction function, Problem problem) {}
