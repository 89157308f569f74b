package dev.mxcp.quality.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void equal_lines_stand_beside_each_other() {
        assertThat(shown(List.of("a", "b", "c", "d"), List.of("a", "c", "x", "d")))
                .containsExactly("a=a", "b|", "c=c", "|x", "d=d");
    }

    @Test
    void a_line_that_became_another_stands_beside_it() {
        assertThat(shown(List.of("a", "b", "c"), List.of("a", "x", "c")))
                .containsExactly("a=a", "b|x", "c=c");
    }

    @Test
    void the_order_of_keys_and_the_kind_of_number_make_no_difference() {
        var rows =
                LineDiff.of(
                        new TestOutcome.Mismatch(
                                Map.of("b", 2.0, "a", List.of(1L)),
                                Map.of("a", List.of(1.0), "b", 3L)));

        assertThat(rows.stream().filter(row -> !row.same()))
                .containsExactly(new LineDiff.Row("  \"b\": 2", "  \"b\": 3"));
    }

    @Test
    void very_long_values_are_compared_line_by_line() {
        List<String> left = Collections.nCopies(3000, "left");
        List<String> right = Collections.nCopies(2500, "right");

        assertThat(LineDiff.of(left, right))
                .hasSize(3000)
                .startsWith(new LineDiff.Row("left", "right"))
                .endsWith(new LineDiff.Row("left", null));
    }

    private static List<String> shown(List<String> left, List<String> right) {
        return LineDiff.of(left, right).stream()
                .map(row ->
                        (row.left() == null ? "" : row.left())
                                + (row.same() ? "=" : "|")
                                + (row.right() == null ? "" : row.right()))
                .toList();
    }
}
