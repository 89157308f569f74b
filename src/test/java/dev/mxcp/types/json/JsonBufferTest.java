package dev.mxcp.types.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Read back by the parser, which is not ours.
class JsonBufferTest {
    private static final String EVERY_ASCII =
            IntStream.range(0, 128).mapToObj(Character::toString).collect(Collectors.joining());

    @Test
    void text_comes_back_whatever_it_holds() {
        for (String text : List.of("", EVERY_ASCII, "Zürich – 在庫なし 🪣", "a\"b\\c\n")) {
            assertThat(Json.parse(new JsonBuffer(1).value(text).text())).isEqualTo(text);
        }
    }

    @Test
    void a_lone_surrogate_becomes_the_replacement_character() {
        assertThat(Json.parse(new JsonBuffer().value("a\uD83Eb").text())).isEqualTo("a\uFFFDb");
    }

    /// Around the size of the blocks in which bytes are escaped.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 10_000})
    void a_document_within_a_string_comes_back(int length) {
        var inner = new JsonBuffer().value((EVERY_ASCII + "ü").repeat(length / 60 + 1));

        var outer = new JsonBuffer(1).stringOf(inner);

        assertThat(Json.parse(outer.text())).isEqualTo(inner.text());
    }

    @Test
    void bytes_that_need_six_characters_each_find_room() {
        byte[] bells = new byte[9_000];

        assertThat(Json.parse(new JsonBuffer(1).utf8Value(bells, 0, bells.length).text()))
                .isEqualTo(new String(bells, StandardCharsets.UTF_8));
    }

    @Test
    void numbers_keep_their_digits_and_what_is_no_number_is_null() {
        var value = new LinkedHashMap<String, @Nullable Object>();
        value.put("least", Long.MIN_VALUE);
        value.put("nothing", Double.NaN);
        value.put("endless", Double.NEGATIVE_INFINITY);

        assertThat(Json.text(value))
                .isEqualTo("{\"least\":-9223372036854775808,\"nothing\":null,\"endless\":null}");
        assertThat(Json.text(Map.of("half", 0.5))).isEqualTo("{\"half\":0.5}");
    }
}
