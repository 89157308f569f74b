package dev.mxcp.quality.evals;

import dev.mxcp.types.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is expected of a model's calls and of its last answer (cli Q5.2). Immutable.
public record Expectations(
        List<MadeCall> mustCall,
        List<String> mustNotCall,
        List<String> answerContains,
        List<String> answerNotContains) {
    public Expectations {
        mustCall = List.copyOf(mustCall);
        mustNotCall = List.copyOf(mustNotCall);
        answerContains = List.copyOf(answerContains);
        answerNotContains = List.copyOf(answerNotContains);
    }

    /// What does not hold, one text each; none when all holds.
    List<String> failures(List<MadeCall> calls, String answer) {
        var failures = new ArrayList<String>();
        for (MadeCall expected : mustCall) {
            if (calls.stream().noneMatch(call -> meets(expected, call))) {
                failures.add(
                        "Expected call of '%s' with arguments %s was not made"
                                .formatted(expected.tool(), Json.text(expected.arguments())));
            }
        }
        for (String tool : mustNotCall) {
            if (calls.stream().anyMatch(call -> call.tool().equals(tool))) {
                failures.add("Tool '%s' was called but must not be".formatted(tool));
            }
        }
        String said = answer.toLowerCase(Locale.ROOT);
        for (String text : answerContains) {
            if (!said.contains(text.toLowerCase(Locale.ROOT))) {
                failures.add("Expected text '%s' not found in response".formatted(text));
            }
        }
        for (String text : answerNotContains) {
            if (said.contains(text.toLowerCase(Locale.ROOT))) {
                failures.add("Text '%s' found in response but must not be".formatted(text));
            }
        }
        return failures;
    }

    private static boolean meets(MadeCall expected, MadeCall call) {
        return call.tool().equals(expected.tool())
                && expected.arguments().entrySet().stream()
                        .allMatch(argument ->
                                same(argument.getValue(), call.arguments().get(argument.getKey())));
    }

    /// Numbers by value; a text is no number.
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number number && other instanceof Number otherNumber) {
            return decimal(number).compareTo(decimal(otherNumber)) == 0;
        }
        if (one instanceof List<?> list && other instanceof List<?> otherList) {
            if (list.size() != otherList.size()) {
                return false;
            }
            for (int i = 0; i < list.size(); i++) {
                if (!same(list.get(i), otherList.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            return map.keySet().equals(otherMap.keySet())
                    && map.entrySet().stream()
                            .allMatch(
                                    entry -> same(entry.getValue(), otherMap.get(entry.getKey())));
        }
        return Objects.equals(one, other);
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof Double fraction && !Double.isFinite(fraction)
                ? BigDecimal.valueOf(Long.MIN_VALUE)
                : new BigDecimal(number.toString());
    }
}
