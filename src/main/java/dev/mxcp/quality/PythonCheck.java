package dev.mxcp.quality;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.Endpoint;
import java.util.List;
import java.util.Map;

/// Asks a Python worker whether functions exist and take the declared parameters (V11). Imports
/// their modules, runs no hooks.
@FunctionalInterface
public interface PythonCheck {

    /// What is wrong with Python endpoints, by [Endpoint#id()]; sound ones are absent.
    Map<String, Problem> problems(List<Endpoint> endpoints);
}
