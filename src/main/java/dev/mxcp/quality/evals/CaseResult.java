package dev.mxcp.quality.evals;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one question ended. Immutable.
///
/// @param failures expectations that do not hold; none also where the model could not be asked
/// @param error why the model could not be asked to the end; null when it could
/// @param answer its last text
public record CaseResult(
        EvalSuite.Case test,
        List<String> failures,
        @Nullable String error,
        String answer,
        List<MadeCall> calls,
        Usage usage,
        Duration time) {
    public CaseResult {
        failures = List.copyOf(failures);
        calls = List.copyOf(calls);
    }

    /// Whether the model was asked and all expectations hold.
    public boolean passed() {
        return error == null && failures.isEmpty();
    }
}
