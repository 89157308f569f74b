package dev.mxcp.quality.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// cli Q5.2
class ExpectationsTest {
    private static final MadeCall MADE =
            new MadeCall("stock", Map.of("city", "Bern", "limit", 5L, "in", Map.of("a", 1L)));

    @Test
    void accepts_a_call_with_more_arguments_than_expected() {
        assertThat(called(Map.of())).isEmpty();
        assertThat(called(Map.of("city", "Bern"))).isEmpty();
        assertThat(called(Map.of("limit", 5.0, "in", Map.of("a", 1.0)))).isEmpty();
        assertThat(called(Collections.singletonMap("absent", null))).isEmpty();
    }

    @Test
    void tells_texts_from_numbers_and_names_the_tool_with_its_arguments() {
        assertThat(called(Map.of("limit", "5")))
                .singleElement()
                .asString()
                .contains("'stock'", "{\"limit\":\"5\"}");
        assertThat(called(Map.of("city", "bern"))).hasSize(1);
    }

    @Test
    void refuses_a_call_that_must_not_be_made() {
        var expectations =
                new Expectations(List.of(), List.of("stock", "other"), List.of(), List.of());

        assertThat(expectations.failures(List.of(MADE), ""))
                .singleElement()
                .asString()
                .contains("'stock'");
    }

    @Test
    void looks_for_texts_in_any_case_and_reports_every_failure() {
        var expectations =
                new Expectations(
                        List.of(),
                        List.of(),
                        List.of("KETTLE", "teapot"),
                        List.of("price", "nothing"));

        assertThat(expectations.failures(List.of(), "Two kettles at that Price"))
                .containsExactly(
                        "Expected text 'teapot' not found in response",
                        "Text 'price' found in response but must not be");
    }

    private static List<String> called(Map<String, @Nullable Object> arguments) {
        return new Expectations(
                        List.of(new MadeCall("stock", arguments)), List.of(), List.of(), List.of())
                .failures(List.of(MADE), "");
    }
}
