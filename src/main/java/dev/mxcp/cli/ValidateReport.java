package dev.mxcp.cli;

import dev.mxcp.quality.Verdict;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How `validate` shows its verdicts (cli Q2.5). Beside the keys of the specification, JSON has
/// `problems` with a place each, and `skipped`.
record ValidateReport(Console console) {

    /// @param trouble why the whole is no success, whatever the verdicts; else null
    static Map<String, @Nullable Object> document(
            List<Verdict> verdicts, @Nullable String trouble) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        boolean ok = trouble == null && verdicts.stream().allMatch(Verdict::ok);
        result.put("status", ok ? "ok" : "error");
        result.put("validated", verdicts.stream().map(ValidateReport::entry).toList());
        if (trouble != null) {
            result.put("message", trouble);
        }
        return result;
    }

    /// One file alone.
    ///
    /// @param trouble why it could not be checked fully; else null
    static Map<String, @Nullable Object> entry(Verdict verdict, @Nullable String trouble) {
        Map<String, @Nullable Object> entry = entry(verdict);
        if (trouble != null && isSkipped(verdict)) {
            entry.putIfAbsent("message", trouble);
        }
        return entry;
    }

    private static Map<String, @Nullable Object> entry(Verdict verdict) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("status", !verdict.ok() ? "error" : isSkipped(verdict) ? "skipped" : "ok");
        entry.put("path", verdict.relativePath());
        if (!verdict.ok()) {
            entry.put("message", verdict.message());
        }
        if (!verdict.warnings().isEmpty()) {
            entry.put("warnings", verdict.warnings().stream().map(verdict::brief).toList());
        }
        if (!verdict.findings().isEmpty()) {
            entry.put("problems", ProblemReport.findings(verdict.findings()));
        }
        if (isSkipped(verdict)) {
            entry.put("skipped", verdict.skipped());
        }
        return entry;
    }

    private static boolean isSkipped(Verdict verdict) {
        return !verdict.skipped().isEmpty();
    }

    void print(List<Verdict> verdicts, @Nullable String trouble) {
        List<Verdict> failed =
                verdicts.stream()
                        .filter(verdict -> !verdict.ok())
                        .sorted(Comparator.comparing(Verdict::relativePath))
                        .toList();
        List<Verdict> skipped = where(verdicts, ValidateReport::isSkipped);
        List<Verdict> passed = where(verdicts, verdict -> !isSkipped(verdict));
        if (!verdicts.isEmpty()) {
            long warnings = verdicts.stream().mapToLong(each -> each.warnings().size()).sum();
            console.out()
                    .println(
                            "%s checked: %d passed, %d failed%s%s"
                                    .formatted(
                                            counted(verdicts.size(), "file"),
                                            passed.size(),
                                            failed.size(),
                                            skipped.isEmpty()
                                                    ? ""
                                                    : ", %d not fully checked"
                                                            .formatted(skipped.size()),
                                            warnings == 0
                                                    ? ""
                                                    : ", " + counted(warnings, "warning")));
        }
        section("Failed", failed, VerdictText::failed);
        section(
                "Not fully checked (skipped: %s)".formatted(what(skipped)),
                skipped,
                VerdictText::skipped);
        section("Passed", passed, VerdictText::passed);
        if (trouble != null) {
            console.error(trouble);
        }
    }

    private interface Form {
        void print(PrintStream to, Style style, Verdict verdict);
    }

    private void section(String title, List<Verdict> verdicts, Form form) {
        if (!verdicts.isEmpty()) {
            console.out().println("\n" + console.style().bold(title));
            verdicts.forEach(verdict -> form.print(console.out(), console.style(), verdict));
        }
    }

    private static List<Verdict> where(List<Verdict> verdicts, Predicate<Verdict> wanted) {
        return verdicts.stream().filter(Verdict::ok).filter(wanted).toList();
    }

    private static String what(List<Verdict> skipped) {
        return String.join(
                ", ",
                skipped.stream()
                        .flatMap(verdict -> verdict.skipped().stream())
                        .distinct()
                        .toList());
    }

    private static String counted(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
