package dev.mxcp.cli;

import dev.mxcp.problem.Problem;
import dev.mxcp.quality.Verdict;
import java.io.PrintStream;

/// Prints what validation said about a file.
final class VerdictText {
    private VerdictText() {}

    static void failed(Console console, Verdict verdict) {
        failed(console.out(), console.style(), verdict);
    }

    /// On a stream of its own: `serve` over stdio reports on standard error.
    static void failed(PrintStream to, Style style, Verdict verdict) {
        to.println("  " + style.red("✗") + " " + Printable.line(verdict.relativePath()));
        for (Problem problem : verdict.problems()) {
            to.println(Printable.lines(problem.text()).indent(6).stripTrailing());
        }
        warnings(to, style, verdict);
    }

    static void passed(Console console, Verdict verdict) {
        console.out()
                .println(
                        "  "
                                + console.style().green("✓")
                                + " "
                                + Printable.line(verdict.relativePath()));
        warnings(console.out(), console.style(), verdict);
    }

    private static void warnings(PrintStream to, Style style, Verdict verdict) {
        for (String warning : verdict.warnings()) {
            to.println("      " + style.yellow("warning:") + " " + Printable.line(warning));
        }
    }
}
