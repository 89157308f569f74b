package dev.mxcp.quality.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mxcp.types.json.Json;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// cli Q3.3, Q3.4
class AssertionsTest {
    private static final String ROWS = "[{\"id\":1,\"tags\":[\"a\"]},{\"id\":2,\"tags\":[]}]";

    /// Which assertions hold: key, expectation, value.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "result | 5 | 5.0",
                "result | 5.0 | 5",
                "result | {\"a\":1,\"b\":[1,2]} | {\"b\":[1,2.0],\"a\":1}",
                "result | 12345678901234567890 | 12345678901234567890",
                "result | 0 | 0",
                "result | \"\" | \"\"",
                "result | {} | {}",
                "result | false | false",
                "result | [] | null",
                "result | [] | 0",
                "result | [] | \"\"",
                "result_contains | {\"a\":1} | {\"a\":1,\"b\":2}",
                "result_contains | {\"a\":1} | {\"a\":true}",
                "result_contains | {\"a\":{\"b\":1}} | {\"a\":{\"b\":1.0}}",
                "result_contains | {\"id\":2} | [{\"id\":1},{\"id\":2,\"x\":3}]",
                "result_contains | \"pear\" | [\"apple\",\"pear\"]",
                "result_contains | [1,2] | [[1,2],3]",
                "result_contains | {} | {}",
                "result_not_contains | [\"x\"] | {\"a\":1}",
                "result_not_contains | [\"a.b\"] | {\"a\":{\"b\":1}}",
                "result_not_contains | [\"x\"] | [{\"a\":1},{\"b\":1}]",
                "result_not_contains | [] | 7",
                "result_contains_item | {\"id\":1} | [{\"id\":1,\"x\":2}]",
                "result_contains_item | 3 | [1,2,3.0]",
                "result_contains_all | [1,1,2] | [2,1]",
                "result_contains_all | [] | 7",
                "result_contains_all | [{\"id\":1},{\"x\":2}] | [{\"id\":1,\"x\":2}]",
                "result_length | 2 | [1,2]",
                "result_length | 0 | null",
                "result_length | 0 | {}",
                "result_contains_text | \"ell\" | \"hello\"",
                "result_contains_text | \"'x': True\" | {\"x\":true}",
                "result_contains_text | \"{\\\"x\\\":1}\" | [{\"x\":1}]",
                "result_contains_text | \"{\\\"x\\\": 1, \" | {\"x\":1,\"y\":2}",
                "result_contains_text | \"None\" | [null]",
                "result_contains_text | \"[]\" | null",
            })
    void holds(String key, String expected, String actual) {
        assertThat(failure(key, expected, actual)).isNull();
    }

    /// Which do not, and what is said.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "result | 5 | 6 | expected 5, got 6",
                "result | 1 | true | expected 1, got true",
                "result | \"5\" | 5 | expected \"5\", got 5",
                "result | [1,2] | [2,1] | at [0]: expected 1, got 2",
                "result | [1] | [1,2] | expected 1 items, got 2",
                "result | {\"a\":1} | {\"a\":1,\"b\":2} | the field 'b' is not expected",
                "result | {\"a\":{\"b\":[1]}} | {\"a\":{\"b\":[2]}} | at a.b[0]: expected 1, got 2",
                "result | {\"a\":{\"b c\":1}} | {\"a\":{\"b c\":2}} | at a['b c']: expected 1, got 2",
                "result | {\"a\":1} | {\"b\":1} | the field 'a' is missing",
                "result | 0 | 1 | expected 0, got 1",
                "result | {} | 0 | expected {}, got 0",
                "result_contains | {\"email\":1} | {\"a\":1} | Expected field 'email' not found in result",
                "result_contains | {\"age\":30} | {\"age\":25} | Field 'age' has value 25, expected 30",
                "result_contains | {\"a\":{\"b\":1}} | {\"a\":{\"b\":1,\"c\":2}} | Field 'a' has value",
                "result_contains | {\"id\":3} | [{\"id\":1}] | No item in array contains the expected fields",
                "result_contains | grape | [\"apple\"] | Array does not contain expected value: grape",
                "result_contains | \"a\" | \"text with a\" | result_contains assertion requires dict or array result",
                "result_contains | 5 | {\"a\":5} | result_contains assertion requires dict or array result",
                "result_not_contains | [\"price\"] | {\"price\":null} | Field 'price' should not be present in result but was found",
                "result_not_contains | [\"price\"] | [{\"a\":1},{\"price\":2}] | Field 'price' should not be present in item 1 of the result",
                "result_not_contains | [\"price\"] | \"price\" | requires dict result, got text",
                "result_contains_item | {\"id\":3} | [{\"id\":1}] | No item in array contains the expected fields",
                "result_contains_item | {\"id\":3} | {\"id\":3} | requires array result, got a dict",
                "result_contains_all | [1,4] | [1,2] | Array does not contain expected value: 4",
                "result_length | 2 | [1] | Expected array of length 2, got 1",
                "result_length | 4 | \"text\" | result_length assertion requires array result, got text",
                "result_contains_text | \"Hello\" | \"hello\" | not found in result",
            })
    void says_why_it_does_not_hold(String key, String expected, String actual, String message) {
        String json = expected.equals("grape") ? "\"grape\"" : expected;

        assertThat(failure(key, json, actual)).contains(message);
    }

    /// The first that does not hold gives the message, in the order in which they are given.
    @Test
    void all_of_several_must_hold() {
        Map<String, @Nullable Object> assertions = new LinkedHashMap<>();
        assertions.put("result_contains_item", Map.of("id", 1L));
        assertions.put("result_length", 3L);

        assertThat(check(assertions, ROWS).failure()).contains("length 3, got 2");
    }

    static Stream<Arguments> nothing() {
        return Stream.of(
                arguments("null", 0),
                arguments("[]", 0),
                arguments("0", 0),
                arguments("7", 1),
                arguments("[1]", 1));
    }

    /// A written null checks for nothing, and only warns
    @ParameterizedTest
    @MethodSource("nothing")
    void a_null_result_that_is_none_is_a_warning(String actual, int warnings) {
        Map<String, @Nullable Object> assertions = new LinkedHashMap<>();
        assertions.put("result", null);

        var finding = check(assertions, actual);

        assertThat(finding.failure()).isNull();
        assertThat(finding.warnings()).hasSize(warnings);
    }

    /// O4: an unquoted date of YAML is the text that a client sees, NaN is null
    @Test
    void expectations_that_json_lacks_are_compared_as_their_text() {
        Map<String, @Nullable Object> expected =
                Map.of("day", LocalDate.of(2026, 1, 31), "ratio", Double.NaN);

        var finding = check(Map.of("result", expected), "{\"day\":\"2026-01-31\",\"ratio\":null}");

        assertThat(finding.failure()).isNull();
    }

    @Test
    void only_result_has_two_values_to_show() {
        assertThat(check(Map.of("result", 1L), "2").mismatch())
                .isEqualTo(new TestOutcome.Mismatch(1L, 2L));
        assertThat(check(Map.of("result_length", 1L), "[]").mismatch()).isNull();
    }

    @Test
    void a_long_value_is_cut_in_a_message() {
        var many = Arrays.asList(new Object[500]);

        assertThat(check(Map.of("result", List.of()), Json.text(Map.of("a", many))).failure())
                .hasSizeLessThan(200)
                .contains("...");
    }

    private static @Nullable String failure(String key, String expected, String actual) {
        Map<String, @Nullable Object> assertions = new LinkedHashMap<>();
        assertions.put(key, Json.parse(expected));
        return check(assertions, actual).failure();
    }

    private static dev.mxcp.quality.testing.Assertions.Finding check(
            Map<String, @Nullable Object> assertions, String actual) {
        return dev.mxcp.quality.testing.Assertions.check(assertions, Json.parse(actual));
    }
}
