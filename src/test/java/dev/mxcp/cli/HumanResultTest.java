package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.JsonBuffer;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// cli C4.6
class HumanResultTest {
    private final Terminal pipe = Terminal.piped(Path.of("/"));

    @Test
    void shows_rows_as_a_table_with_every_digit() {
        print(
                pipe,
                "[{\"id\":1,\"price\":12.50,\"name\":\"cup\"},{\"id\":170141183460469231731687303715884105727,\"price\":null,\"name\":\"pot\"}]");

        assertThat(pipe.out())
                .isEqualTo(
                        """
                        id                                       price  name
                        ---------------------------------------  -----  ----
                        1                                        12.50  cup
                        170141183460469231731687303715884105727  null   pot
                        """);
    }

    @Test
    void cuts_wide_cells_and_long_tables() {
        String rows =
                IntStream.range(0, 103)
                        .mapToObj(i -> "{\"t\":\"" + "x".repeat(60) + "\"}")
                        .collect(Collectors.joining(",", "[", "]"));
        print(pipe, rows);

        assertThat(pipe.out())
                .contains("x".repeat(47) + "...\n")
                .doesNotContain("x".repeat(48))
                .endsWith("... and 3 more rows\n");
    }

    @Test
    void fits_a_table_into_the_terminal() {
        var narrow = Terminal.wide(40, false);
        print(narrow, "[{\"a\":\"" + "x".repeat(45) + "\",\"b\":\"" + "y".repeat(45) + "\"}]");

        assertThat(narrow.out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
    }

    @Test
    void shows_other_values_as_text() {
        print(pipe, "[1,\"two\",[3]]");
        print(pipe, "{\"k\":{\"l\":[]}}");
        print(pipe, "\"a\\nb\"");
        print(pipe, "null");
        print(pipe, "[]");

        assertThat(pipe.out())
                .isEqualTo(
                        "1\ntwo\n[3]\n{\n  \"k\": {\n    \"l\": []\n  }\n}\na\nb\nnull\n(no results)\n");
    }

    @Test
    void warns_when_rows_differ() {
        print(pipe, "[{\"a\":1},{\"b\":2}]");

        assertThat(pipe.out()).isEqualTo("{\"a\":1}\n{\"b\":2}\n");
        assertThat(pipe.err()).startsWith("Warning:");
    }

    @Test
    void shows_control_characters_instead_of_obeying_them() {
        print(pipe, "[{\"a\":\"\\u001b[31mred\\nnext\"}]");

        assertThat(pipe.out()).contains("\\u001b[31mred\\nnext").doesNotContain("\u001b");
    }

    private static void print(Terminal terminal, String json) {
        new HumanResult(terminal.console()).print(new JsonBuffer().raw(json));
    }
}
