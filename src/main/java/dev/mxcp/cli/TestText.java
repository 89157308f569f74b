package dev.mxcp.cli;

import dev.mxcp.quality.testing.Coverage;
import dev.mxcp.quality.testing.EndpointReport;
import dev.mxcp.quality.testing.Status;
import dev.mxcp.quality.testing.TestOutcome;
import dev.mxcp.quality.testing.TestReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Prints the result of `mxcp test` for people (cli Q3.6): what failed first.
///
/// @param causes whether the exceptions behind errors are shown
record TestText(Console console, boolean causes) {

    void print(TestReport report, boolean single) {
        PrintStream out = console.out();
        if (report.endpoints().isEmpty() && report.broken().isEmpty()) {
            out.println("No endpoints to test");
            return;
        }
        List<EndpointReport> failed =
                report.endpoints().stream().filter(one -> one.status() != Status.PASSED).toList();
        List<EndpointReport> passed =
                report.endpoints().stream().filter(one -> one.status() == Status.PASSED).toList();
        if (!single) {
            heading("Failed", failed);
            passed(failed, passed);
            BrokenFiles.print(console, report.broken());
            out.println();
        } else {
            report.endpoints().forEach(this::endpoint);
        }
        summary(report);
    }

    private void passed(List<EndpointReport> failed, List<EndpointReport> passed) {
        if (!failed.isEmpty() && !passed.isEmpty()) {
            console.out().println();
        }
        heading("Passed", passed);
    }

    private void heading(String word, List<EndpointReport> endpoints) {
        if (!endpoints.isEmpty()) {
            console.out().println(console.style().bold(word) + " (" + endpoints.size() + ")");
            endpoints.forEach(this::endpoint);
        }
    }

    private void endpoint(EndpointReport endpoint) {
        PrintStream out = console.out();
        Style style = console.style();
        String mark = mark(endpoint.status());
        String path = style.dim(Printable.line(endpoint.endpoint().file().relativePath()));
        String none = endpoint.tests().isEmpty() ? "  (No tests)" : "";
        out.println("  " + mark + " " + Printable.line(endpoint.label()) + "  " + path + none);
        endpoint.tests().forEach(this::test);
    }

    private void test(TestOutcome outcome) {
        PrintStream out = console.out();
        Style style = console.style();
        out.println(
                "      %s %s  %s"
                        .formatted(
                                mark(outcome.status()),
                                Printable.line(outcome.test().name()),
                                style.dim(time(outcome.time()))));
        if (outcome.error() != null) {
            out.println(
                    "          "
                            + style.dim(outcome.test().place().text() + ": ")
                            + style.red(
                                    Printable.lines(outcome.error())
                                            .replace("\n", "\n          ")));
        }
        if (causes && outcome.cause() != null) {
            out.println("          cause: " + Printable.line(outcome.cause()));
        }
        if (outcome.mismatch() != null) {
            new AlignedDiff(console, 10).print(outcome.mismatch());
        }
        for (String warning : outcome.warnings()) {
            out.println("          " + style.yellow("warning:") + " " + Printable.line(warning));
        }
    }

    private void summary(TestReport report) {
        Duration time =
                report.endpoints().stream()
                        .flatMap(one -> one.tests().stream())
                        .map(TestOutcome::time)
                        .reduce(Duration.ZERO, Duration::plus);
        int failed = report.count(Status.FAILED);
        int errors = report.count(Status.ERROR) + report.broken().size();
        String counts =
                "%d endpoint%s, %d test%s: %d passed, %d failed, %d error%s in %s"
                        .formatted(
                                report.endpoints().size() + report.broken().size(),
                                plural(report.endpoints().size() + report.broken().size()),
                                report.testsRun(),
                                plural(report.testsRun()),
                                report.count(Status.PASSED),
                                failed,
                                errors,
                                plural(errors),
                                time(time));
        Style style = console.style();
        console.out().println(failed + errors == 0 ? style.green(counts) : style.red(counts));
    }

    void print(Coverage coverage) {
        PrintStream out = console.out();
        out.println();
        out.println(
                console.style().bold("Coverage")
                        + ": %d of %d endpoints have a test that ran"
                                .formatted(
                                        coverage.endpoints() - coverage.untested().size(),
                                        coverage.endpoints()));
        coverage.untested().forEach(label -> out.println("  no test: " + Printable.line(label)));
    }

    private String mark(Status status) {
        return switch (status) {
            case PASSED -> console.style().green("✓");
            case FAILED -> console.style().red("✗");
            case ERROR -> console.style().red("!");
        };
    }

    private static String plural(int count) {
        return count == 1 ? "" : "s";
    }

    private static String time(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
    }
}
