package dev.mxcp.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.problem.SourcePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A place in a text becomes one in the file that holds the text.
@SuppressWarnings("NullAway.Init") // filled by JUnit
class TextPlaceTest {
    private static final String YAML =
            """
            tool:
              source:
                code: |
                  SELECT
                    nope
                  FROM t
              other: SELECT nope FROM u
              folded: >
                SELECT
                bogus FROM v
            """;

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("a.yml"), YAML);
    }

    @Test
    void a_block_is_indented() {
        assertThat(TextPlace.of(file, at(4, 0), 2, "  nope", 2)).isEqualTo(at(5, 9));
    }

    @Test
    void a_plain_text_begins_in_the_middle_of_a_line() {
        assertThat(TextPlace.of(file, at(7, 10), 1, "SELECT nope FROM u", 7)).isEqualTo(at(7, 17));
    }

    @Test
    void a_folded_text_has_other_lines_than_the_file() {
        assertThat(TextPlace.of(file, at(9, 0), 1, "...bogus FROM...", 3)).isEqualTo(at(10, 5));
    }

    @Test
    void what_is_nowhere_stands_where_the_text_begins() {
        assertThat(TextPlace.of(file, at(4, 0), 2, "missing", 0)).isEqualTo(at(4, 0));
        assertThat(TextPlace.of(folder.resolve("gone.yml"), at(4, 0), 1, "SELECT", 0))
                .isEqualTo(at(4, 0));
    }

    private static SourcePlace at(int line, int column) {
        return new SourcePlace("a.yml", line, column);
    }
}
