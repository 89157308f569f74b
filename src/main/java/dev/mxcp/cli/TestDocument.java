package dev.mxcp.cli;

import dev.mxcp.project.Catalog.BrokenFile;
import dev.mxcp.project.Project;
import dev.mxcp.quality.testing.Coverage;
import dev.mxcp.quality.testing.EndpointReport;
import dev.mxcp.quality.testing.Status;
import dev.mxcp.quality.testing.TestOutcome;
import dev.mxcp.quality.testing.TestReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The result of `mxcp test` for scripts (cli Q3.6).
final class TestDocument {
    private static final double NANOS = 1e9;

    private TestDocument() {}

    /// @param single whether one endpoint was named, whose results then stand alone
    static Map<String, @Nullable Object> of(
            Project project, boolean single, TestReport report, @Nullable Coverage coverage) {
        SequencedMap<String, @Nullable Object> result;
        if (single && report.endpoints().size() == 1) {
            result = results(report.endpoints().getFirst());
        } else {
            result = new LinkedHashMap<>();
            result.put("status", report.status().ofSeveral());
            result.put("tests_run", report.testsRun());
            var entries = new ArrayList<@Nullable Object>();
            report.endpoints().forEach(one -> entries.add(entry(one)));
            report.broken().forEach(one -> entries.add(entry(project, one)));
            result.put("endpoints", entries);
        }
        if (coverage != null) {
            result.put("coverage", coverage(coverage));
        }
        return result;
    }

    /// For an endpoint that is not there.
    static Map<String, @Nullable Object> missing(String message) {
        return failed(message);
    }

    private static SequencedMap<String, @Nullable Object> entry(EndpointReport endpoint) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("endpoint", endpoint.label());
        entry.put("path", endpoint.endpoint().file().relativePath());
        entry.put("test_results", results(endpoint));
        return entry;
    }

    private static Map<String, @Nullable Object> entry(Project project, BrokenFile file) {
        String message = ListCommand.error(file);
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("endpoint", project.root().resolve(file.relativePath()).toString());
        entry.put("path", file.relativePath());
        entry.put("status", Status.ERROR.ofSeveral());
        entry.put("message", message);
        entry.put("test_results", failed(message));
        return entry;
    }

    private static SequencedMap<String, @Nullable Object> failed(String message) {
        var results = new LinkedHashMap<String, @Nullable Object>();
        results.put("status", Status.ERROR.ofSeveral());
        results.put("tests_run", 0);
        results.put("no_tests", true);
        results.put("tests", List.of());
        results.put("message", message);
        return results;
    }

    private static SequencedMap<String, @Nullable Object> results(EndpointReport endpoint) {
        var results = new LinkedHashMap<String, @Nullable Object>();
        results.put("status", endpoint.status().ofSeveral());
        results.put("tests_run", endpoint.tests().size());
        results.put("no_tests", endpoint.tests().isEmpty());
        results.put("tests", endpoint.tests().stream().map(TestDocument::test).toList());
        return results;
    }

    private static Map<String, @Nullable Object> test(TestOutcome outcome) {
        var test = new LinkedHashMap<String, @Nullable Object>();
        test.put("name", outcome.test().name());
        test.put("description", Objects.requireNonNullElse(outcome.test().description(), ""));
        test.put("status", outcome.status().word());
        if (outcome.error() != null) {
            test.put("error", outcome.error());
        }
        if (outcome.cause() != null) {
            test.put("error_cause", outcome.cause());
        }
        if (outcome.mismatch() != null) {
            test.put("expected", outcome.mismatch().expected());
            test.put("actual", outcome.mismatch().actual());
        }
        if (!outcome.warnings().isEmpty()) {
            test.put("warnings", outcome.warnings());
        }
        test.put("time", Math.round(outcome.time().toNanos() / NANOS * 1e6) / 1e6);
        return test;
    }

    private static Map<String, @Nullable Object> coverage(Coverage coverage) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("endpoints", coverage.endpoints());
        document.put("tested", coverage.endpoints() - coverage.untested().size());
        document.put("untested", coverage.untested());
        return document;
    }
}
