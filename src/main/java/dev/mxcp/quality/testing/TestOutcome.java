package dev.mxcp.quality.testing;

import dev.mxcp.project.EndpointFile.TestCase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one test ended. Immutable.
///
/// @param error why it did not pass; null when it did
/// @param cause message of the exception behind an error, when it says more
/// @param mismatch what `result` expected and what came, for a failed test that has it
/// @param warnings what the author should know although the test passed
/// @param observed the value the assertions looked at; null also where the call failed
public record TestOutcome(
        TestCase test,
        Status status,
        @Nullable String error,
        @Nullable String cause,
        @Nullable Mismatch mismatch,
        List<String> warnings,
        @Nullable Object observed,
        Duration time) {
    public TestOutcome {
        warnings = List.copyOf(warnings);
    }

    /// Two values that should be the same.
    public record Mismatch(@Nullable Object expected, @Nullable Object actual) {}
}
