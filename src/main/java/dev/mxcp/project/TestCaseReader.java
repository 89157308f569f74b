package dev.mxcp.project;

import dev.mxcp.project.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads the `tests` of an endpoint (D8).
final class TestCaseReader {
    private static final String ERROR = "error_contains";
    private static final List<String> ISOLATIONS = List.of("none", "rollback");

    private TestCaseReader() {}

    static List<EndpointFile.TestCase> read(ConfigNode endpoint) {
        var tests = new ArrayList<EndpointFile.TestCase>();
        for (ConfigNode node : endpoint.objects("tests")) {
            tests.add(
                    new EndpointFile.TestCase(
                            node.string("name"),
                            node.optionalString("description"),
                            arguments(node),
                            node.free("user_context"),
                            assertions(node),
                            "rollback".equals(node.choice("isolation", ISOLATIONS)),
                            node.place()));
            node.rejectUnknownKeys(Map.of());
        }
        return List.copyOf(tests);
    }

    /// Missing `arguments` are none (Q1).
    private static SequencedMap<String, @Nullable Object> arguments(ConfigNode test) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        for (ConfigNode argument : test.objects("arguments")) {
            if (!argument.has("value")) {
                argument.reject("value", "Field required", null);
            }
            arguments.put(argument.string("key"), argument.plain("value"));
            argument.rejectUnknownKeys(Map.of());
        }
        return Collections.unmodifiableSequencedMap(arguments);
    }

    /// Those that are written, null values included.
    private static SequencedMap<String, @Nullable Object> assertions(ConfigNode test) {
        var assertions = new LinkedHashMap<String, @Nullable Object>();
        for (String key : List.of("result", "result_contains")) {
            put(assertions, test, key, test.plain(key));
        }
        put(assertions, test, "result_not_contains", test.strings("result_not_contains"));
        put(assertions, test, "result_contains_item", test.plain("result_contains_item"));
        put(assertions, test, "result_contains_all", test.list("result_contains_all"));
        Integer length = test.optionalCount("result_length");
        put(assertions, test, "result_length", length == null ? null : length.longValue());
        put(assertions, test, "result_contains_text", test.optionalString("result_contains_text"));
        expectedError(assertions, test);
        return Collections.unmodifiableSequencedMap(assertions);
    }

    /// Our extension: a call that must fail has no result to look at.
    private static void expectedError(
            SequencedMap<String, @Nullable Object> assertions, ConfigNode test) {
        String text = test.optionalString(ERROR);
        if (text == null) {
            return;
        }
        if (!assertions.isEmpty()) {
            test.reject(
                    ERROR,
                    "cannot stand beside " + assertions.firstEntry().getKey(),
                    "a call that fails has no result; write two tests");
        }
        assertions.put(ERROR, text);
    }

    private static void put(
            Map<String, @Nullable Object> assertions,
            ConfigNode test,
            String key,
            @Nullable Object value) {
        // null is an expectation of `result` and its like only; elsewhere it means absent
        boolean written = test.has(key) && (test.plain(key) != null || key.equals("result"));
        if (written) {
            assertions.put(key, value);
        }
    }
}
