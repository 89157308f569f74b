package dev.mxcp.quality.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// cli Q5.5: calls that a model writes into its text
class TextCallsTest {
    private static final String STOCK =
            "{\"tool\": \"stock\", \"arguments\": {\"city\": \"Bern\", \"in\": {\"deep\": [1]}}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "I look it up: %s. One moment {please}.",
                "```json\n%s\n```",
                "Ünïcode first, then %s",
                "{\"not\": \"a call\"} %s",
                "[1, 2] %s ["
            })
    void finds_a_call_wherever_it_stands(String frame) {
        assertThat(TextCalls.in(frame.formatted(STOCK)))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.tool()).isEqualTo("stock");
                    assertThat(call.arguments())
                            .isEqualTo(Map.of("city", "Bern", "in", Map.of("deep", List.of(1L))));
                    assertThat(call.id()).isNull();
                });
    }

    @Test
    void finds_several_in_order() {
        assertThat(TextCalls.in("[" + STOCK + ", {\"tool\": \"b\"}] and {\"tool\": \"c\"}"))
                .extracting(Turn.Request::tool)
                .containsExactly("stock", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "There are 3 kettles.",
                "{\"tool\": 5}",
                "[5]",
                "{\"tool\": \"a\"",
                "{{ template }}"
            })
    void takes_nothing_else_for_a_call(String text) {
        assertThat(TextCalls.in(text)).isEmpty();
    }

    @Test
    void marks_arguments_that_are_no_object() {
        assertThat(TextCalls.in("{\"tool\": \"a\", \"arguments\": [1]}").getFirst().arguments())
                .isNull();
    }
}
