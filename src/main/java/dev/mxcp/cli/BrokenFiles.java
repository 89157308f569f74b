package dev.mxcp.cli;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import java.util.List;

/// Prints the files of a project that could not be loaded, each problem with its place and remedy.
final class BrokenFiles {
    private BrokenFiles() {}

    static void print(Console console, List<Catalog.BrokenFile> files) {
        if (files.isEmpty()) {
            return;
        }
        console.out().println();
        console.out().println(console.style().bold("Failed") + " (" + files.size() + ")");
        for (Catalog.BrokenFile file : files) {
            console.out().println("  " + console.style().red(Printable.line(file.relativePath())));
            for (Problem problem : file.problems()) {
                ProblemReport.print(console.out(), problem);
            }
        }
    }
}
