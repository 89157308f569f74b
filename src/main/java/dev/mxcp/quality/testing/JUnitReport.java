package dev.mxcp.quality.testing;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog.BrokenFile;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/// A run as JUnit's XML, which every continuous-integration service reads: one suite an endpoint.
public final class JUnitReport {
    private final StringBuilder xml = new StringBuilder();

    private JUnitReport() {}

    /// The document.
    public static String xml(TestReport report) {
        var document = new JUnitReport();
        document.write(report);
        return document.xml.toString();
    }

    private void write(TestReport report) {
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(
                "<testsuites name=\"mxcp\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n"
                        .formatted(
                                report.testsRun() + report.broken().size(),
                                report.count(Status.FAILED),
                                report.count(Status.ERROR) + report.broken().size()));
        report.endpoints().forEach(this::suite);
        report.broken().forEach(this::broken);
        xml.append("</testsuites>\n");
    }

    private void suite(EndpointReport endpoint) {
        Duration time =
                endpoint.tests().stream()
                        .map(TestOutcome::time)
                        .reduce(Duration.ZERO, Duration::plus);
        open(
                endpoint.label(),
                endpoint.tests().size(),
                count(endpoint, Status.FAILED),
                count(endpoint, Status.ERROR),
                time);
        for (TestOutcome test : endpoint.tests()) {
            xml.append(
                    "    <testcase classname=%s name=%s file=%s line=\"%d\" time=\"%s\""
                            .formatted(
                                    quoted(endpoint.label()),
                                    quoted(test.test().name()),
                                    quoted(endpoint.endpoint().file().relativePath()),
                                    test.test().place().line(),
                                    seconds(test.time())));
            if (test.error() == null) {
                xml.append("/>\n");
                continue;
            }
            failure(test.status() == Status.FAILED ? "failure" : "error", test.error());
        }
        xml.append("  </testsuite>\n");
    }

    private void broken(BrokenFile file) {
        open(file.relativePath(), 1, 0, 1, Duration.ZERO);
        xml.append(
                "    <testcase classname=%s name=\"loads\" time=\"0.000\""
                        .formatted(quoted(file.relativePath())));
        failure(
                "error",
                file.problems().stream().map(Problem::text).collect(Collectors.joining("\n")));
        xml.append("  </testsuite>\n");
    }

    private void open(String name, int tests, int failures, int errors, Duration time) {
        xml.append(
                "  <testsuite name=%s tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"%s\">\n"
                        .formatted(quoted(name), tests, failures, errors, seconds(time)));
    }

    private void failure(String element, String message) {
        xml.append(
                ">\n      <%1$s message=%2$s>%3$s</%1$s>\n    </testcase>\n"
                        .formatted(
                                element,
                                quoted(message.lines().findFirst().orElse("")),
                                escaped(message)));
    }

    private static int count(EndpointReport endpoint, Status status) {
        return (int) endpoint.tests().stream().filter(test -> test.status() == status).count();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    private static String quoted(String text) {
        return '"' + escaped(text).replace("\n", "&#10;") + '"';
    }

    /// XML 1.0 has no way to write most control characters, nor half a pair of surrogates.
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '&' -> escaped.append("&amp;");
                        case '"' -> escaped.append("&quot;");
                        default -> {
                            boolean allowed =
                                    c == '\n'
                                            || c == '\t'
                                            || (c >= ' ' && c < 0xD800)
                                            || (c >= 0xE000 && c < 0xFFFE)
                                            || c >= 0x10000;
                            escaped.appendCodePoint(allowed ? c : 0xFFFD);
                        }
                    }
                });
        return escaped.toString();
    }
}
