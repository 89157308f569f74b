package dev.mxcp.cli;

import dev.mxcp.problem.Problem;
import dev.mxcp.quality.Verdict;
import java.io.PrintStream;

/// Prints what validation said about a file.
final class VerdictText {
    private VerdictText() {}

    /// A file with errors. On a stream of its own: `serve` over stdio reports on standard error.
    static void failed(PrintStream to, Style style, Verdict verdict) {
        print(to, style, style.red("✗"), verdict);
    }

    /// A file that could not be checked fully, without errors so far.
    static void skipped(PrintStream to, Style style, Verdict verdict) {
        print(to, style, style.yellow("?"), verdict);
    }

    static void passed(PrintStream to, Style style, Verdict verdict) {
        print(to, style, style.green("✓"), verdict);
    }

    private static void print(PrintStream to, Style style, String mark, Verdict verdict) {
        to.println("  " + mark + " " + Printable.line(verdict.relativePath()));
        for (Problem problem : verdict.problems()) {
            ProblemReport.print(to, problem);
        }
        for (Problem warning : verdict.warnings()) {
            ProblemReport.printWarning(to, style, warning);
        }
    }
}
