package dev.mxcp.quality;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.Endpoint;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What validation says about one endpoint file.
///
/// @param relativePath below the project root
/// @param endpoint what the file defines; null when it could not be loaded
/// @param problems why the endpoint cannot be served; none if it can
/// @param warnings what deserves attention without being an error
public record Verdict(
        String relativePath,
        @Nullable Endpoint endpoint,
        List<Problem> problems,
        List<String> warnings) {
    public Verdict {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /// Whether the endpoint can be served.
    public boolean ok() {
        return problems.isEmpty();
    }

    /// The problems, a line each, as scripts read them. Problems of loading say line and column,
    /// since the key path alone is hard to find.
    public String message() {
        return problems.stream()
                .map(problem -> endpoint == null ? line(problem) : problem.message())
                .collect(Collectors.joining("\n"));
    }

    /// One problem in one line: message and place in the file.
    public static String line(Problem problem) {
        var where = problem.where();
        if (where == null || where.line() == 0) {
            return problem.message();
        }
        String column = where.column() == 0 ? "" : ", column " + where.column();
        return "%s (line %d%s)".formatted(problem.message(), where.line(), column);
    }
}
