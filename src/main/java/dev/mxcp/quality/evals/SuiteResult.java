package dev.mxcp.quality.evals;

import java.time.Duration;
import java.util.List;

/// How a suite ended. Immutable.
public record SuiteResult(
        EvalSuite suite, ModelSettings model, List<CaseResult> tests, Duration time) {
    public SuiteResult {
        tests = List.copyOf(tests);
    }

    /// Whether every test passed.
    public boolean passed() {
        return tests.stream().allMatch(CaseResult::passed);
    }

    /// All tokens of the suite.
    public Usage usage() {
        return tests.stream().map(CaseResult::usage).reduce(Usage.NONE, Usage::plus);
    }
}
