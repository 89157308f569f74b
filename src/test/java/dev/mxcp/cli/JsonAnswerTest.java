package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// cli C0.6
class JsonAnswerTest {
    private final Terminal pipe = Terminal.piped(Path.of("/"));

    @Test
    void indents_by_two_and_keeps_digits_and_strings() {
        var json = new JsonBuffer();
        json.raw(
                "{\"n\":1.10,\"s\":\"a{[,:\\\"]}ü\",\"e\":[],\"o\":{ },\"l\":[1,{\"k\":null}]}"
                        .getBytes(StandardCharsets.UTF_8));

        JsonAnswer.ok(pipe.console(), json);

        assertThat(pipe.out())
                .isEqualTo(
                        """
                        {
                          "status": "ok",
                          "result": {
                            "n": 1.10,
                            "s": "a{[,:\\"]}ü",
                            "e": [],
                            "o": {},
                            "l": [
                              1,
                              {
                                "k": null
                              }
                            ]
                          }
                        }
                        """);
    }

    @Test
    void shows_the_stack_only_with_debug() {
        JsonAnswer.error(pipe.console(), "no", java.util.List.of(), null);
        assertThat(pipe.out()).isEqualTo("{\n  \"status\": \"error\",\n  \"error\": \"no\"\n}\n");

        var debug = Terminal.piped(Path.of("/"));
        JsonAnswer.error(
                debug.console(), "no", java.util.List.of(), new IllegalStateException("why"));
        assertThat(debug.out()).contains("\"traceback\"", "\"type\": \"IllegalStateException\"");
    }
}
