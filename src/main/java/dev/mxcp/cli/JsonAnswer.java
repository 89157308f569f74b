package dev.mxcp.cli;

import dev.mxcp.problem.Problem;
import dev.mxcp.types.json.JsonBuffer;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The JSON envelope of all commands (cli C0.6): exactly one document on standard output.
final class JsonAnswer {
    private JsonAnswer() {}

    /// Success with a plain value.
    static void ok(Console console, @Nullable Object result) {
        ok(console, new JsonBuffer().any(result));
    }

    /// Success with a value that is JSON already.
    static void ok(Console console, JsonBuffer result) {
        var text = new JsonBuffer(result.size() * 2 + 64);
        text.raw("{\n  \"status\": \"ok\",\n  \"result\": ");
        JsonFormat.indent(result, 1, text);
        print(console, text.raw("\n}\n"));
    }

    /// Failure of the command itself.
    ///
    /// @param problems of the project, which the message lists for people
    /// @param trace the exception to show, with `--debug`; else null
    static void error(
            Console console, String message, List<Problem> problems, @Nullable Throwable trace) {
        SequencedMap<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("status", "error");
        answer.put("error", message);
        if (!problems.isEmpty()) {
            answer.put("problems", ProblemReport.json(problems));
        }
        if (trace != null) {
            answer.put("traceback", stackTrace(trace));
            answer.put("type", trace.getClass().getSimpleName());
        }
        bare(console, answer);
    }

    /// A document without envelope (cli C3).
    static void bare(Console console, @Nullable Object document) {
        var text = new JsonBuffer();
        JsonFormat.indent(new JsonBuffer().any(document), 0, text);
        print(console, text.raw('\n'));
    }

    static String stackTrace(Throwable trace) {
        var text = new StringWriter();
        trace.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void print(Console console, JsonBuffer text) {
        PrintStream out = console.out();
        out.write(text.array(), 0, text.size());
        console.flush();
    }
}
