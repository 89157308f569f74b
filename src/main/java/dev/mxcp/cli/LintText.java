package dev.mxcp.cli;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.quality.lint.Finding;
import dev.mxcp.quality.lint.Severity;
import dev.mxcp.quality.lint.TokenEstimate;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Prints what lint found for people: file by file, the worst first, each line with its place.
record LintText(Console console) {

    void print(Catalog catalog, List<Finding> findings) {
        PrintStream out = console.out();
        if (catalog.endpoints().isEmpty()) {
            out.println("Nothing linted: no endpoint file could be loaded");
            return;
        }
        out.println(tokens(catalog));
        if (findings.isEmpty()) {
            out.println(
                    console.style()
                            .green(
                                    "%d file%s checked, nothing found: well done"
                                            .formatted(
                                                    catalog.endpoints().size(),
                                                    plural(catalog.endpoints().size()))));
            return;
        }
        Map<String, List<Finding>> byFile = new LinkedHashMap<>();
        findings.forEach(
                one -> byFile.computeIfAbsent(one.path(), _ -> new ArrayList<>()).add(one));
        byFile.forEach(this::file);
        clean(catalog, byFile.keySet());
        summary(catalog, byFile.size(), findings);
    }

    /// What `--fix` did.
    ///
    /// @param json whether standard output is a JSON document; then standard error tells
    void fixed(List<Finding> fixed, boolean json) {
        PrintStream to = json ? console.err() : console.out();
        for (Finding finding : fixed) {
            to.println(
                    "fixed %s: %s [%s]"
                            .formatted(
                                    finding.place().text(),
                                    Printable.line(finding.message()),
                                    finding.rule().code()));
        }
        if (fixed.isEmpty()) {
            to.println("Nothing could be fixed without a person");
        }
        console.flush();
    }

    private void file(String path, List<Finding> findings) {
        PrintStream out = console.out();
        out.println("\n" + console.style().bold(Printable.line(path)));
        findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .forEach(finding ->
                        out.println(
                                "  %s  %s: %s  %s\n      %s"
                                        .formatted(
                                                word(finding.severity()),
                                                finding.place().text(),
                                                Printable.line(finding.message()),
                                                console.style()
                                                        .dim("[" + finding.rule().code() + "]"),
                                                Printable.line(finding.suggestion()))));
    }

    private void clean(Catalog catalog, java.util.Set<String> withFindings) {
        List<String> clean =
                catalog.endpoints().stream()
                        .map(one -> one.file().relativePath())
                        .filter(path -> !withFindings.contains(path))
                        .toList();
        if (!clean.isEmpty()) {
            console.out().println("\n" + console.style().bold("Clean"));
            clean.forEach(path ->
                    console.out()
                            .println(
                                    "  "
                                            + console.style().green("✓")
                                            + " "
                                            + Printable.line(path)));
        }
    }

    private void summary(Catalog catalog, int files, List<Finding> findings) {
        PrintStream out = console.out();
        out.println(
                "\n%d file%s checked, %d with findings: %s, %s, %s"
                        .formatted(
                                catalog.endpoints().size(),
                                plural(catalog.endpoints().size()),
                                files,
                                count(findings, Severity.ERROR, "error"),
                                count(findings, Severity.WARNING, "warning"),
                                count(findings, Severity.INFO, "suggestion")));
        var reasons = new LinkedHashSet<String>();
        findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .forEach(one ->
                        reasons.add("  %s: %s".formatted(one.rule().code(), one.rule().reason())));
        out.println("\n" + console.style().bold("Why it matters"));
        reasons.forEach(out::println);
        if (findings.stream().anyMatch(one -> one.fix() != null)) {
            out.println("\n'mxcp lint --fix' mends some of this.");
        }
    }

    private static String tokens(Catalog catalog) {
        String largest =
                catalog.endpoints().stream()
                        .filter(Endpoint.Tool.class::isInstance)
                        .max(Comparator.comparingInt(TokenEstimate::of))
                        .map(tool ->
                                ", most of them %s with about %d"
                                        .formatted(
                                                Printable.line(tool.id()), TokenEstimate.of(tool)))
                        .orElse("");
        return "The tools take about %d tokens of every request of a client%s"
                .formatted(TokenEstimate.ofTools(catalog), largest);
    }

    private String word(Severity severity) {
        return switch (severity) {
            case ERROR -> console.style().red("error  ");
            case WARNING -> console.style().yellow("warning");
            case INFO -> console.style().dim("info   ");
        };
    }

    private static String count(List<Finding> findings, Severity severity, String word) {
        int count = (int) findings.stream().filter(one -> one.severity() == severity).count();
        return count + " " + word + plural(count);
    }

    private static String plural(int count) {
        return count == 1 ? "" : "s";
    }
}
