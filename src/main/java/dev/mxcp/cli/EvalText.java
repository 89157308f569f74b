package dev.mxcp.cli;

import dev.mxcp.quality.evals.CaseResult;
import dev.mxcp.quality.evals.ModelSettings;
import dev.mxcp.quality.evals.SuiteResult;
import dev.mxcp.quality.evals.Usage;
import dev.mxcp.types.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The result of `mxcp evals` for people (cli Q5.6).
///
/// @param details whether answers and calls of failed tests are shown
record EvalText(Console console, boolean details) {

    void print(SuiteResult result) {
        PrintStream out = console.out();
        Style style = console.style();
        long passed = result.tests().stream().filter(CaseResult::passed).count();
        out.println(
                style.bold(result.suite().name())
                        + "  with "
                        + Printable.line(result.model().name()));
        String description = result.suite().description();
        if (description != null) {
            out.println("  " + Printable.line(description));
        }
        out.println(
                "  %d of %d passed in %s s, %s"
                        .formatted(
                                passed,
                                result.tests().size(),
                                EvalDocument.seconds(result.time()),
                                usage(result.usage(), result.model())));
        result.tests().stream().filter(test -> !test.passed()).forEach(this::failed);
        result.tests().stream().filter(CaseResult::passed).forEach(this::passed);
        if (passed < result.tests().size() && !details) {
            out.println("\n--debug shows what the model answered and called.");
        }
    }

    void print(List<EvalDocument.Entry> entries, Duration time) {
        PrintStream out = console.out();
        if (entries.isEmpty()) {
            out.println("No eval suites found. Put them into evals/, one YAML file each.");
            return;
        }
        for (EvalDocument.Entry entry : entries) {
            if (entry.result() != null) {
                print(entry.result());
            } else {
                out.println(console.style().bold(Printable.line(entry.name())));
                out.println(
                        "  "
                                + console.style().red("✗")
                                + " "
                                + Printable.lines(entry.error() + ""));
            }
            out.println();
        }
        long passed = entries.stream().filter(EvalDocument.Entry::passed).count();
        out.println(
                "%d of %d suites passed in %s s"
                        .formatted(passed, entries.size(), EvalDocument.seconds(time)));
    }

    private void failed(CaseResult result) {
        PrintStream out = console.out();
        out.println("  " + console.style().red("✗") + " " + result.test().name());
        if (result.error() != null) {
            out.println("      " + Printable.lines(result.error()));
        }
        result.failures().forEach(why -> out.println("      " + Printable.line(why)));
        if (details) {
            out.println("      answer: " + Printable.line(result.answer()));
            result.calls()
                    .forEach(call ->
                            out.println(
                                    "      call:   "
                                            + Printable.line(
                                                    call.tool()
                                                            + " "
                                                            + Json.text(call.arguments()))));
        }
    }

    private void passed(CaseResult result) {
        console.out()
                .println(
                        "  %s %s (%s s)"
                                .formatted(
                                        console.style().green("✓"),
                                        result.test().name(),
                                        EvalDocument.seconds(result.time())));
    }

    private static String usage(Usage usage, ModelSettings model) {
        Double cost = usage.cost(model);
        return "%d tokens in, %d out%s"
                .formatted(
                        usage.input(),
                        usage.output(),
                        cost == null ? "" : String.format(Locale.ROOT, ", cost %.4f", cost));
    }
}
