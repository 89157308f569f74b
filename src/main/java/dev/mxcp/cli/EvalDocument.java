package dev.mxcp.cli;

import dev.mxcp.quality.Verdict;
import dev.mxcp.quality.evals.CaseResult;
import dev.mxcp.quality.evals.EvalSuite;
import dev.mxcp.quality.evals.ModelSettings;
import dev.mxcp.quality.evals.SuiteFiles.Loaded;
import dev.mxcp.quality.evals.SuiteResult;
import dev.mxcp.quality.evals.Usage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The result of `mxcp evals` for scripts (cli Q5.6); `usage` is ours.
final class EvalDocument {
    static final String NO_MODEL =
            "No model specified: give --model, or 'model' in the suite, or models.default in the user configuration";

    private static final double NANOS = 1e9;

    private EvalDocument() {}

    /// One suite of a run of all.
    ///
    /// @param name of the suite; the absolute path of a file that could not be read
    /// @param result null where the suite could not be run
    /// @param error why it could not be run
    record Entry(String name, String path, @Nullable SuiteResult result, @Nullable String error) {
        static Entry of(SuiteResult result) {
            return new Entry(result.suite().name(), result.suite().path(), result, null);
        }

        static Entry of(EvalSuite suite, String error) {
            return new Entry(suite.name(), suite.path(), null, error);
        }

        static Entry of(Loaded.Broken broken) {
            String problems =
                    broken.problems().stream().map(Verdict::line).collect(Collectors.joining("\n"));
            return new Entry(broken.path().toString(), broken.path().toString(), null, problems);
        }

        boolean passed() {
            return result != null && result.passed();
        }

        String status() {
            return result == null ? "error" : result.passed() ? "passed" : "failed";
        }
    }

    static Map<String, @Nullable Object> of(SuiteResult result) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("suite", result.suite().name());
        document.put("description", result.suite().description());
        document.put("model", result.model().name());
        document.put("tests", result.tests().stream().map(EvalDocument::test).toList());
        document.put("all_passed", result.passed());
        document.put("elapsed_time", seconds(result.time()));
        document.put("usage", usage(result.usage(), result.model()));
        return document;
    }

    static Map<String, @Nullable Object> of(List<Entry> entries, Duration time) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("suites", entries.stream().map(EvalDocument::entry).toList());
        if (entries.isEmpty()) {
            document.put("no_evals", true);
        }
        document.put("elapsed_time", seconds(time));
        return document;
    }

    /// The message about a suite that is not there.
    static String unknown(String name, List<Loaded> loaded) {
        List<String> names =
                loaded.stream()
                        .filter(Loaded.Sound.class::isInstance)
                        .map(one -> ((Loaded.Sound) one).suite().name())
                        .toList();
        String near =
                Suggestion.of(name, names)
                        .map(word -> "; did you mean '%s'?".formatted(word))
                        .orElse("");
        int broken = loaded.size() - names.size();
        return "Eval suite '%s' not found%s%s"
                .formatted(
                        name,
                        near,
                        broken == 0
                                ? ""
                                : " (%d file(s) could not be read: 'mxcp evals' says why)"
                                        .formatted(broken));
    }

    private static Map<String, @Nullable Object> entry(Entry entry) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put("suite", entry.name());
        plain.put("path", entry.path());
        plain.put("status", entry.status());
        SuiteResult result = entry.result();
        if (result != null) {
            plain.put("tests", result.tests().stream().map(EvalDocument::test).toList());
            plain.put("usage", usage(result.usage(), result.model()));
        }
        if (entry.error() != null) {
            plain.put("error", entry.error());
        }
        return plain;
    }

    private static Map<String, @Nullable Object> test(CaseResult result) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put("name", result.test().name());
        plain.put("description", result.test().description());
        plain.put("passed", result.passed());
        if (result.error() != null) {
            plain.put("error", result.error());
            plain.put("time", seconds(result.time()));
            return plain;
        }
        plain.put("failures", result.failures());
        plain.put("time", seconds(result.time()));
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("response", result.answer());
        details.put(
                "tool_calls",
                result.calls().stream()
                        .map(call -> {
                            var made = new LinkedHashMap<String, @Nullable Object>();
                            made.put("tool", call.tool());
                            made.put("arguments", call.arguments());
                            return made;
                        })
                        .toList());
        plain.put("details", details);
        return plain;
    }

    private static Map<String, @Nullable Object> usage(Usage usage, ModelSettings model) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        plain.put("input_tokens", usage.input());
        plain.put("output_tokens", usage.output());
        Double cost = usage.cost(model);
        if (cost != null) {
            plain.put("cost", cost);
        }
        return plain;
    }

    static double seconds(Duration time) {
        return Math.round(time.toNanos() / NANOS * 1e3) / 1e3;
    }
}
