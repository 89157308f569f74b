package dev.mxcp.quality;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Endpoint;
import dev.mxcp.quality.Finding.Severity;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What validation says about one file.
///
/// @param relativePath below the project root
/// @param endpoint what the file defines; null when it could not be loaded
/// @param findings errors and warnings, in the order of the checks
/// @param skipped which checks could not be done, in a few words each
public record Verdict(
        String relativePath,
        @Nullable Endpoint endpoint,
        List<Finding> findings,
        List<String> skipped) {
    public Verdict {
        findings = List.copyOf(findings);
        skipped = List.copyOf(skipped);
    }

    /// Whether nothing is known that keeps the endpoint from being served.
    public boolean ok() {
        return problems().isEmpty();
    }

    /// Why the endpoint cannot be served; none if it can.
    public List<Problem> problems() {
        return of(Severity.ERROR);
    }

    /// What deserves attention without being an error.
    public List<Problem> warnings() {
        return of(Severity.WARNING);
    }

    private List<Problem> of(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::problem)
                .toList();
    }

    /// The problems, a line each, as scripts read them. Problems of loading say line and column,
    /// since the key path alone is hard to find.
    public String message() {
        return problems().stream()
                .map(problem -> endpoint == null ? line(problem) : brief(problem))
                .collect(Collectors.joining("\n"));
    }

    /// A problem without its key path; with its place when that is in another file.
    public String brief(Problem problem) {
        SourcePlace where = problem.where();
        return where == null || where.file().equals(relativePath)
                ? problem.what()
                : "%s (%s)".formatted(problem.what(), where.text());
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
