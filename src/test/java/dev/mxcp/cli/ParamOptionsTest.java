package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T8, cli C4.3
class ParamOptionsTest {
    @TempDir private Path folder;

    @Test
    void splits_at_the_first_equals_sign() {
        assertThat(read("a=1", "b=x=y", "c=")).isEqualTo(Map.of("a", "1", "b", "x=y", "c", ""));
    }

    @Test
    void takes_the_last_of_a_repeated_name() {
        assertThat(read("a=1", "b=2", "a=3").entrySet())
                .extracting(Map.Entry::getKey, Map.Entry::getValue)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b", "2"),
                        org.assertj.core.groups.Tuple.tuple("a", "3"));
    }

    @Test
    void reads_any_json_value_from_a_file() throws IOException {
        Files.writeString(folder.resolve("list.json"), "[1, \"zwei\", null]");
        Files.writeString(folder.resolve("null.json"), "null");
        Files.write(folder.resolve("wide.json"), "{\"ä\": 1}".getBytes(StandardCharsets.UTF_16BE));

        Map<String, @Nullable Object> read = read("l=@list.json", "n=@null.json", "w=@wide.json");

        assertThat(read).containsEntry("n", null).containsEntry("w", Map.of("ä", 1L));
        assertThat((List<?>) read.get("l")).hasSize(3);
    }

    @Test
    void takes_a_doubled_at_sign_as_text() {
        assertThat(read("a=@@home")).isEqualTo(Map.of("a", "@home"));
    }

    @Test
    void says_which_file_is_missing_or_broken() throws IOException {
        Files.writeString(folder.resolve("bad.json"), "{");

        assertThatThrownBy(() -> read("a=@none.json"))
                .isInstanceOf(UsageError.class)
                .hasMessage("JSON file not found: none.json");
        assertThatThrownBy(() -> read("a=@bad.json"))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("Invalid JSON in file bad.json:")
                .hasMessageContaining("(start marker at line: 1, column: 1)")
                .hasMessageEndingWith("at line 1, column 2");
    }

    private Map<String, @Nullable Object> read(String... params) {
        var options = new ParamOptions();
        options.params.addAll(List.of(params));
        return ParamOptions.values(options.read(folder));
    }
}
