package dev.mxcp.quality;

import dev.mxcp.problem.Problem;

/// One thing that validation found.
public record Finding(Problem problem, Severity severity) {

    /// What a finding means for its endpoint.
    public enum Severity {
        /// It cannot be served.
        ERROR,
        /// It can be served, but hardly does what was meant.
        WARNING
    }

    /// What keeps an endpoint from being served.
    public static Finding error(Problem problem) {
        return new Finding(problem, Severity.ERROR);
    }

    /// What deserves attention only.
    public static Finding warning(Problem problem) {
        return new Finding(problem, Severity.WARNING);
    }
}
