package dev.mxcp.project.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEditTest {
    private static final String FILE =
            """
            # head
            tool:
              name: "a"   # name
              tests:
                - name: first
                  result:  # rows
                    - {id: 1}
                    - id: 2
                      text: |
                        two
                        lines

                # between
                - {name: second, result: 5}
                - name: third
                  result: old # why
            """;

    @Test
    void a_scalar_keeps_its_comment() {
        assertThat(YamlEdit.replace(FILE, path(2), "new value"))
                .isEqualTo(FILE.replace("result: old # why", "result: new value # why"));
    }

    @Test
    void a_block_is_replaced_and_nothing_behind_it() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", 7L);
        row.put("note", null);

        assertThat(YamlEdit.replace(FILE, path(0), List.of(row, List.of(1L, 2L))))
                .isEqualTo(
                        """
                        # head
                        tool:
                          name: "a"   # name
                          tests:
                            - name: first
                              result:  # rows
                                - id: 7
                                  note: null
                                - [1, 2]

                            # between
                            - {name: second, result: 5}
                            - name: third
                              result: old # why
                        """);
    }

    @Test
    void between_braces_the_value_stays_on_its_line() {
        assertThat(YamlEdit.replace(FILE, path(1), Map.of("a", List.of(Map.of("b", 1L)))))
                .contains("- {name: second, result: {a: [{b: 1}]}}\n");
    }

    @Test
    void a_key_is_added_behind_the_last_one() {
        assertThat(YamlEdit.add(FILE, List.of("tool"), "tags", List.of("x")))
                .isEqualTo(FILE + "  tags: [x]\n");
        assertThat(YamlEdit.add("a:\n  b: 1 # one\nc: 2\n", List.of("a"), "d", 3L))
                .isEqualTo("a:\n  b: 1 # one\n  d: 3\nc: 2\n");
    }

    /// Words that YAML reads as something else stay texts
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "null",
                "12",
                "2024-01-02",
                "a: b",
                "# no",
                "",
                " x",
                "1e3",
                "0x1F",
                "~",
                "é",
                "two\nlines",
                "- a",
                "'",
                "\"",
                "\\",
                "=",
                "<<",
                "*a",
                "&b",
                "!c",
                "%d",
                "@e",
                "{",
                "]",
                "\u0007",
                "a\tb",
                "12:30:45",
                "😀",
            })
    void texts_come_back_as_they_were(String text) {
        String edited = YamlEdit.replace(FILE, path(2), Map.of("k", List.of(Map.of("t", text))));

        assertThat(edited).startsWith(FILE.substring(0, FILE.indexOf("result: old")));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1e300, -2.5e-7, 3.0, 1e16})
    void numbers_come_back_as_they_were(double number) {
        assertThat(YamlEdit.replace(FILE, path(2), List.of(Map.of("n", number)))).contains("- n: ");
    }

    @Test
    void refuses_to_touch_more_than_one_value() {
        String shared = "a: &x [1]\nb: *x\nc:\n  <<: {d: 1}\n";

        assertThatThrownBy(() -> YamlEdit.replace(shared, List.of("a"), 2L))
                .isInstanceOf(YamlEdit.Impossible.class)
                .hasMessageContaining("anchor");
        assertThatThrownBy(() -> YamlEdit.replace(shared, List.of("b"), 2L))
                .isInstanceOf(YamlEdit.Impossible.class);
        assertThatThrownBy(() -> YamlEdit.replace(shared, List.of("z"), 2L))
                .isInstanceOf(YamlEdit.Impossible.class)
                .hasMessageContaining("'z' is not there");
        assertThatThrownBy(() -> YamlEdit.add(shared, List.of(), "a", 2L))
                .isInstanceOf(YamlEdit.Impossible.class)
                .hasMessageContaining("already");
    }

    private static List<Object> path(int test) {
        return List.of("tool", "tests", test, "result");
    }
}
