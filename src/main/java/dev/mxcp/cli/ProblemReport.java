package dev.mxcp.cli;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.quality.Finding;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one form in which all commands show problems: for a person place, key path, message and
/// remedy, in JSON an object with the same parts.
final class ProblemReport {
    private static final int INDENT = 6;

    private ProblemReport() {}

    /// Prints a problem below the name of its file.
    static void print(PrintStream to, Problem problem) {
        to.println(Printable.lines(problem.text()).indent(INDENT).stripTrailing());
    }

    /// As [#print], marked as a mere warning.
    static void printWarning(PrintStream to, Style style, Problem problem) {
        String text = Printable.lines(problem.text()).indent(INDENT).stripTrailing();
        to.println(" ".repeat(INDENT) + style.yellow("warning:") + " " + text.substring(INDENT));
    }

    /// Problems as a list of objects; absent parts have no key.
    static List<Map<String, @Nullable Object>> json(List<Problem> problems) {
        return problems.stream().map(ProblemReport::json).toList();
    }

    /// As [#json(List)], each with `severity`.
    static List<Map<String, @Nullable Object>> findings(List<Finding> findings) {
        return findings.stream()
                .map(finding -> {
                    Map<String, @Nullable Object> object = new LinkedHashMap<>();
                    object.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
                    object.putAll(json(finding.problem()));
                    return object;
                })
                .toList();
    }

    private static Map<String, @Nullable Object> json(Problem problem) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        SourcePlace where = problem.where();
        if (where != null) {
            object.put("path", where.file());
            if (where.line() > 0) {
                object.put("line", where.line());
            }
            if (where.column() > 0) {
                object.put("column", where.column());
            }
        }
        if (problem.key() != null) {
            object.put("key", problem.key());
        }
        object.put("message", problem.what());
        if (problem.fix() != null) {
            object.put("fix", problem.fix());
        }
        return object;
    }
}
