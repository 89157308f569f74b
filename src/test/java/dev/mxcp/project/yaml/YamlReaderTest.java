package dev.mxcp.project.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Section 0: YAML 1.1 as the reference reads it.
class YamlReaderTest {
    private final Problems problems = new Problems();

    @TestFactory
    List<DynamicTest> unquoted_words_mean_what_yaml_1_1_says() {
        var table = new LinkedHashMap<String, @Nullable Object>();
        for (String word : List.of("yes", "Yes", "YES", "on", "On", "true", "True")) {
            table.put(word, true);
        }
        for (String word : List.of("no", "No", "off", "OFF", "false", "FALSE")) {
            table.put(word, false);
        }
        for (String word : List.of("y", "n", "t", "tRue", "nO")) {
            table.put(word, word);
        }
        table.put("~", null);
        table.put("null", null);
        table.put("NULL", null);
        table.put("nULL", "nULL");
        table.put("12", 12L);
        table.put("-7", -7L);
        table.put("1_000", 1000L);
        table.put("010", 8L);
        table.put("08", "08");
        table.put("0x1F", 31L);
        table.put("0b101", 5L);
        table.put("12:30:45", 45045L);
        table.put("1:30", 90L);
        table.put("9223372036854775807", Long.MAX_VALUE);
        table.put("9223372036854775808", new BigInteger("9223372036854775808"));
        table.put("1.5", 1.5);
        table.put("1.", 1.0);
        table.put(".5", 0.5);
        table.put("1.0e+3", 1000.0);
        table.put("1e3", "1e3");
        table.put("1.0e3", "1.0e3");
        table.put("1:30.5", 90.5);
        table.put("-.inf", Double.NEGATIVE_INFINITY);
        table.put(".nan", Double.NaN);
        table.put("2024-01-02", LocalDate.of(2024, 1, 2));
        table.put("2024-1-2", "2024-1-2");
        table.put("2024-01-02 03:04:05", LocalDateTime.of(2024, 1, 2, 3, 4, 5));
        table.put("2024-01-02T03:04:05.25", LocalDateTime.of(2024, 1, 2, 3, 4, 5, 250_000_000));
        table.put(
                "2024-01-02T03:04:05Z", OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC));
        table.put(
                "2024-01-02T03:04:05 -02:30",
                OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 0, ZoneOffset.ofHoursMinutes(-2, -30)));
        table.put("'yes'", "yes");
        table.put("\"2024-01-02\"", "2024-01-02");
        table.put("=", "=");
        table.put("!!str 5", "5");
        table.put("!!int '5'", 5L);
        table.put("12 apples", "12 apples");
        return table.entrySet().stream()
                .map(row ->
                        DynamicTest.dynamicTest(
                                row.getKey(),
                                () ->
                                        assertThat(plain("v: " + row.getKey()))
                                                .isEqualTo(single(row.getValue()))))
                .toList();
    }

    @Test
    void every_value_and_key_remembers_its_place() {
        var root = (Mapping) read("tool:\n  name: x\n  tags: [a,\n   b]\n");

        var tool = (Mapping) entry(root, "tool");
        assertThat(tool.place()).isEqualTo(new SourcePlace("f.yml", 2, 3));
        assertThat(entry(tool, "name").place().text()).isEqualTo("f.yml:2:9");
        var tags = (YamlValue.Sequence) entry(tool, "tags");
        assertThat(tags.items().get(1).place().text()).isEqualTo("f.yml:4:4");
    }

    @Test
    void the_last_of_two_equal_keys_wins_and_keeps_the_first_place_in_order() {
        assertThat(plain("a: 1\nb: 2\na: 3")).isEqualTo(Map.of("a", 3L, "b", 2L));
        assertThat(plain("a: 1\nb: 2\na: 3").toString()).isEqualTo("{a=3, b=2}");
    }

    @Test
    void keys_are_text_whatever_they_look_like() {
        assertThat(plain("yes: 1\n5: 2\n2024-01-02: 3\n~: 4"))
                .isEqualTo(Map.of("yes", 1L, "5", 2L, "2024-01-02", 3L, "~", 4L));
    }

    @Test
    void anchors_aliases_and_merge_keys_work() {
        assertThat(plain("a: &x {k: 1, l: 2}\nb: *x\nc: {<<: *x, k: 9}"))
                .isEqualTo(
                        Map.of(
                                "a", Map.of("k", 1L, "l", 2L),
                                "b", Map.of("k", 1L, "l", 2L),
                                "c", Map.of("k", 9L, "l", 2L)));
        assertThat(plain("a: &x {k: 1}\nb: &y {k: 2, m: 3}\nc: {<<: [*x, *y]}").get("c"))
                .isEqualTo(Map.of("k", 1L, "m", 3L));
        assertThat(plain("a: {'<<': 1}")).isEqualTo(Map.of("a", Map.of("<<", 1L)));
    }

    @Test
    void other_collections_and_binaries_are_read() {
        assertThat(plain("a: !!set {x, y}").get("a")).hasToString("{x=null, y=null}");
        assertThat((byte[]) plain("a: !!binary aGk=").get("a")).isEqualTo(new byte[] {'h', 'i'});
    }

    @TestFactory
    List<DynamicTest> encodings_are_told_by_their_mark() {
        String text = "a: é€😀";
        return List.of(
                encoding("UTF-8", text.getBytes(StandardCharsets.UTF_8)),
                encoding(
                        "UTF-8 with mark",
                        marked(text.getBytes(StandardCharsets.UTF_8), 0xEF, 0xBB, 0xBF)),
                encoding("UTF-16LE", marked(text.getBytes(StandardCharsets.UTF_16LE), 0xFF, 0xFE)),
                encoding("UTF-16BE", marked(text.getBytes(StandardCharsets.UTF_16BE), 0xFE, 0xFF)));
    }

    @TestFactory
    List<DynamicTest> what_is_no_document_is_a_problem_with_a_place() {
        return List.of(
                problem(
                        "a: 1\n---\nb: 2",
                        "f.yml:2:1: another document begins\n"
                                + "  fix: write one document a file, without a second '---'"),
                problem(
                        "a: b: c",
                        "f.yml:1:5: YAML syntax: mapping values are not allowed here\n"
                                + "  fix: put a value that contains ': ' in quotes, and check the indentation"),
                problem(
                        "a:\n\t- b",
                        "f.yml:2:1: YAML syntax: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)\n"
                                + "  fix: indent with spaces"),
                problem(
                        "p: *hunter2",
                        "f.yml:1:4: YAML syntax: found undefined alias\n"
                                + "  fix: put a value that begins with '*' in quotes"),
                problem(
                        "p: !hunter2",
                        "f.yml:1:4: unknown YAML tag\n  fix: put the value in quotes"),
                problem(
                        "d: 2024-02-30",
                        "f.yml:1:4: not a valid date\n  fix: put the value in quotes"),
                problem(
                        "d: !!int x",
                        "f.yml:1:4: not a valid value of its YAML tag\n  fix: put the value in quotes"),
                problem(
                        "? [a]\n: 1",
                        "f.yml:1:3: a key must be a single word, not a list or mapping"),
                problem("a: &x\n  b: *x", "f.yml:2:6: an alias refers to a value that contains it"),
                problem(
                        "a: {<<: 5}",
                        "f.yml:1:9: '<<' merges mappings only\n  fix: use an alias of a mapping"),
                problem(
                        "x: 1\na: \u0007",
                        "f.yml:2:4: YAML syntax: the character U+0007 is not allowed\n"
                                + "  fix: remove it, or write it as an escape in double quotes"));
    }

    @Test
    void malformed_utf_8_is_a_problem() {
        assertThat(
                        new YamlReader()
                                .parse(new byte[] {'a', ':', ' ', (byte) 0xC3}, "f.yml", problems))
                .isNull();
        assertThat(problems.list())
                .extracting(Problem::text)
                .containsExactly(
                        "f.yml: the file is not valid UTF-8 (or UTF-16 with a byte order mark)\n"
                                + "  fix: save the file as UTF-8");
    }

    @Test
    void an_empty_document_is_null() {
        assertThat(((Scalar) read("# nothing\n")).value()).isNull();
        assertThat(((Scalar) read("")).value()).isNull();
    }

    @Test
    void alias_bombs_are_refused() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }

        assertThat(parse(bomb.toString())).isNull();
        assertThat(problems.list())
                .extracting(Problem::what)
                .containsExactly("the file is too large when its aliases are written out");
    }

    @Test
    void deep_nesting_is_refused() {
        assertThat(parse("a: " + "[".repeat(5000))).isNull();
        assertThat(problems.list()).hasSize(1);
    }

    @Test
    void the_text_of_a_value_does_not_show_it() {
        assertThat(read("p: hunter2").toString()).doesNotContain("hunter2");
        assertThat(entry((Mapping) read("p: hunter2"), "p").toString()).doesNotContain("hunter2");
    }

    private DynamicTest encoding(String name, byte[] bytes) {
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    YamlValue value = new YamlReader().parse(bytes, "f.yml", new Problems());
                    assertThat(Objects.requireNonNull(value).plain())
                            .isEqualTo(Map.of("a", "é€😀"));
                });
    }

    private static DynamicTest problem(String yaml, String text) {
        return DynamicTest.dynamicTest(
                yaml.replace('\n', '|'),
                () -> {
                    var found = new Problems();
                    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
                    assertThat(new YamlReader().parse(bytes, "f.yml", found)).isNull();
                    assertThat(found.list()).extracting(Problem::text).containsExactly(text);
                });
    }

    private static byte[] marked(byte[] text, int... mark) {
        var bytes = new ByteArrayOutputStream();
        Arrays.stream(mark).forEach(bytes::write);
        bytes.writeBytes(text);
        return bytes.toByteArray();
    }

    private @Nullable YamlValue parse(String yaml) {
        return new YamlReader().parse(yaml.getBytes(StandardCharsets.UTF_8), "f.yml", problems);
    }

    private YamlValue read(String yaml) {
        YamlValue value = parse(yaml);
        assertThat(problems.list()).isEmpty();
        return Objects.requireNonNull(value);
    }

    private Map<String, @Nullable Object> plain(String yaml) {
        return ((Mapping) read(yaml)).plain();
    }

    private static YamlValue entry(Mapping mapping, String key) {
        YamlValue value = mapping.get(key);
        return Objects.requireNonNull(value);
    }

    private static Map<String, @Nullable Object> single(@Nullable Object value) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("v", value);
        return map;
    }
}
