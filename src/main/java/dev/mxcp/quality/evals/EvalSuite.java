package dev.mxcp.quality.evals;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A suite of questions to a model (cli Q5.1). Immutable.
///
/// @param path of its file, below the project's root
/// @param model the configured name it asks for; null for the default
public record EvalSuite(
        String path,
        String name,
        @Nullable String description,
        @Nullable String model,
        List<Case> tests) {
    public EvalSuite {
        tests = List.copyOf(tests);
    }

    /// One question and what is expected.
    ///
    /// @param prompt what the user says
    /// @param userContext who asks; null for nobody
    public record Case(
            String name,
            @Nullable String description,
            String prompt,
            @Nullable Map<String, @Nullable Object> userContext,
            Expectations expectations) {}
}
