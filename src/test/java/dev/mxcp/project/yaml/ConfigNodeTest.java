package dev.mxcp.project.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Section 0: the lenient typing of configuration values.
class ConfigNodeTest {
    private final Problems problems = new Problems();

    private record Row(String yaml, Function<ConfigNode, @Nullable Object> read, Object expected) {}

    @TestFactory
    List<DynamicTest> values_are_read_leniently() {
        Function<ConfigNode, @Nullable Object> bool = node -> node.bool("v", false);
        Function<ConfigNode, @Nullable Object> integer = node -> node.integer("v", 7, -9, 999_999);
        Function<ConfigNode, @Nullable Object> number = node -> node.optionalNumber("v");
        Function<ConfigNode, @Nullable Object> duration = node -> node.optionalDuration("v");
        Function<ConfigNode, @Nullable Object> bytes = node -> node.bytes("v", 5);
        Function<ConfigNode, @Nullable Object> strings =
                node -> node.stringsOrOne("v", List.of("default"));
        var rows = new ArrayList<Row>();
        for (String word : List.of("yes", "1", "1.0", "'T'", "'on'", "'Y'", "'1'", "'TRUE'")) {
            rows.add(new Row("v: " + word, bool, true));
        }
        for (String word : List.of("no", "0", "'F'", "'off'", "'n'", "'0'")) {
            rows.add(new Row("v: " + word, bool, false));
        }
        rows.add(new Row("v: 12", integer, 12L));
        rows.add(new Row("v: 12.0", integer, 12L));
        rows.add(new Row("v: ' 12 '", integer, 12L));
        rows.add(new Row("v: '12.0'", integer, 12L));
        rows.add(new Row("v: '1_000'", integer, 1000L));
        rows.add(new Row("w: 1", integer, 7L));
        rows.add(new Row("v: 3", number, 3.0));
        rows.add(new Row("v: '1e3'", number, 1000.0));
        rows.add(new Row("v: 1e3", number, 1000.0));
        rows.add(new Row("v: 500ms", duration, Duration.ofMillis(500)));
        rows.add(new Row("v: 30s", duration, Duration.ofSeconds(30)));
        rows.add(new Row("v: 2m", duration, Duration.ofMinutes(2)));
        rows.add(new Row("v: 1h", duration, Duration.ofHours(1)));
        rows.add(new Row("v: 0.25", duration, Duration.ofMillis(250)));
        rows.add(new Row("v: '1.5 s'", duration, Duration.ofMillis(1500)));
        rows.add(new Row("v: 64MB", bytes, 64_000_000L));
        rows.add(new Row("v: 4MiB", bytes, 4L << 20));
        rows.add(new Row("v: 1.5kib", bytes, 1536L));
        rows.add(new Row("v: 100", bytes, 100L));
        rows.add(new Row("v: ", bytes, 5L));
        rows.add(new Row("v: one", strings, List.of("one")));
        rows.add(new Row("v: [one, two]", strings, List.of("one", "two")));
        rows.add(new Row("v: null", strings, List.of()));
        rows.add(new Row("w: 1", strings, List.of("default")));
        return rows.stream()
                .map(row ->
                        DynamicTest.dynamicTest(
                                row.yaml() + " -> " + row.expected(),
                                () -> {
                                    assertThat(row.read().apply(node(row.yaml())))
                                            .isEqualTo(row.expected());
                                    assertThat(problems.isEmpty()).isTrue();
                                }))
                .toList();
    }

    private record Bad(String yaml, Function<ConfigNode, @Nullable Object> read, String problem) {}

    @TestFactory
    List<DynamicTest> wrong_values_are_problems_with_place_and_key() {
        return List.of(
                        new Bad(
                                "v: 5",
                                node -> node.string("v"),
                                "f.yml:1:4: v: must be a string, not an integer\n  fix: put it in quotes: \"5\""),
                        new Bad(
                                "v: 2024-01-02",
                                node -> node.optionalString("v"),
                                "f.yml:1:4: v: must be a string, not a date\n  fix: put it in quotes: \"2024-01-02\""),
                        new Bad(
                                "v: [a]",
                                node -> node.string("v"),
                                "f.yml:1:4: v: must be a string, not a list"),
                        new Bad("w: 1", node -> node.string("v"), "f.yml:1:1: v: Field required"),
                        new Bad(
                                "v: null",
                                node -> node.string("v", "x"),
                                "f.yml:1:4: v: must be a string, not null"),
                        new Bad(
                                "v: maybe",
                                node -> node.bool("v", true),
                                "f.yml:1:4: v: must be true or false, not a string"),
                        new Bad(
                                "v: 2",
                                node -> node.bool("v", true),
                                "f.yml:1:4: v: must be true or false, not an integer"),
                        new Bad(
                                "v: 5.5",
                                node -> node.integer("v", 0, 0, 9),
                                "f.yml:1:4: v: must be an integer, not a number"),
                        new Bad(
                                "v: true",
                                node -> node.integer("v", 0, 0, 9),
                                "f.yml:1:4: v: must be an integer, not a boolean"),
                        new Bad(
                                "v: 10",
                                node -> node.integer("v", 0, 0, 9),
                                "f.yml:1:4: v: the integer is out of range\n  fix: use 0 to 9"),
                        new Bad(
                                "v: fast",
                                node -> node.optionalDuration("v"),
                                "f.yml:1:4: v: must be a duration such as 500ms, 30s, 2m or 1h, or a number of seconds, not a string"),
                        new Bad(
                                "v: -1s",
                                node -> node.optionalDuration("v"),
                                "f.yml:1:4: v: must be a duration such as 500ms, 30s, 2m or 1h, or a number of seconds, not a string"),
                        new Bad(
                                "v: 5 pints",
                                node -> node.bytes("v", 1),
                                "f.yml:1:4: v: must be a size such as 64MB or 4MiB, or a number of bytes, not a string"),
                        new Bad(
                                "v: strng",
                                node -> node.choice("v", List.of("string", "array")),
                                "f.yml:1:4: v: unknown v 'strng'\n  fix: did you mean 'string'?"),
                        new Bad(
                                "v: String",
                                node -> node.choice("v", List.of("string", "array")),
                                "f.yml:1:4: v: unknown v 'String'\n  fix: did you mean 'string'?"),
                        new Bad(
                                "v: map",
                                node -> node.choice("v", List.of("string", "array")),
                                "f.yml:1:4: v: unknown v 'map'\n  fix: use one of: string, array"),
                        new Bad(
                                "v: text",
                                node -> node.strings("v"),
                                "f.yml:1:4: v: must be a list, not a string"),
                        new Bad(
                                "v: [a, 5]",
                                node -> node.strings("v"),
                                "f.yml:1:8: v.1: must be a string, not an integer\n  fix: put it in quotes: \"5\""),
                        new Bad(
                                "v: {a: 5}",
                                node -> node.stringMap("v"),
                                "f.yml:1:8: v.a: must be a string, not an integer\n  fix: put it in quotes: \"5\""),
                        new Bad(
                                "v: null",
                                node -> node.object("v"),
                                "f.yml:1:4: v: must be a mapping, not null"),
                        new Bad(
                                "v: [{a: 1}, b]",
                                node -> node.objects("v"),
                                "f.yml:1:13: v.1: must be a mapping, not a string"))
                .stream()
                .map(bad ->
                        DynamicTest.dynamicTest(
                                bad.problem(),
                                () -> {
                                    var found = new Problems();
                                    ConfigNode unused = node(bad.yaml(), found);
                                    Objects.requireNonNullElse(bad.read().apply(unused), "");
                                    assertThat(found.list())
                                            .extracting(Problem::text)
                                            .containsExactly(bad.problem());
                                }))
                .toList();
    }

    @Test
    void unknown_keys_are_problems_with_a_suggestion() {
        ConfigNode node = node("descripton: x\nmin_length: 1\nzzz: 2\ntitle: t");
        node.optionalString("description");
        node.optionalCount("minLength");

        node.rejectUnknownKeys(Map.of("title", "write annotations.title"));

        assertThat(problems.list())
                .extracting(Problem::text)
                .containsExactly(
                        "f.yml:1:1: descripton: unknown key\n  fix: did you mean 'description'?",
                        "f.yml:2:1: min_length: unknown key\n  fix: did you mean 'minLength'?",
                        "f.yml:3:1: zzz: unknown key\n  fix: use one of: description, minLength",
                        "f.yml:4:1: title: unknown key\n  fix: write annotations.title");
    }

    @Test
    void a_file_with_secrets_is_never_quoted() {
        Mapping mapping = mapping("a: 12345\nb: hunter2");
        ConfigNode node = ConfigNode.secretRoot(mapping, problems);

        node.optionalString("a");
        node.choice("b", List.of("one"));
        node.bool("b", false);

        assertThat(problems.list())
                .extracting(Problem::text)
                .allSatisfy(text -> assertThat(text).doesNotContain("12345", "hunter2"))
                .hasSize(3);
    }

    @Test
    void the_plain_form_has_the_types_that_were_read() {
        ConfigNode node = node("on_: 'yes'\nsub: {n: '5'}\nlist: one\nfree: '7'\nwait: 30s");
        node.bool("on_", false);
        node.object("sub").integer("n", 0, 0, 9);
        node.stringsOrOne("list", List.of());
        node.optionalDuration("wait");

        assertThat(node.plain())
                .isEqualTo(
                        Map.of(
                                "on_",
                                true,
                                "sub",
                                Map.of("n", 5L),
                                "list",
                                List.of("one"),
                                "free",
                                "7",
                                "wait",
                                "30s"));
    }

    private ConfigNode node(String yaml) {
        return node(yaml, problems);
    }

    private static ConfigNode node(String yaml, Problems problems) {
        return ConfigNode.root(mapping(yaml), problems);
    }

    private static Mapping mapping(String yaml) {
        var found = new Problems();
        YamlValue value =
                new YamlReader().parse(yaml.getBytes(StandardCharsets.UTF_8), "f.yml", found);
        assertThat(found.list()).isEmpty();
        return (Mapping) Objects.requireNonNull(value);
    }
}
