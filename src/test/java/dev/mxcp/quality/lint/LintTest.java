package dev.mxcp.quality.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.project.ProjectLoader;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// cli Q4 and issue 6.4
class LintTest {
    private static final Path MISTAKES = Path.of("src/test/projects/lint-mistakes");
    @TempDir private Path folder;

    /// Every kind of mistake by file and line, and nothing else
    @Test
    void finds_every_mistake_where_it_is() {
        assertThat(lint(MISTAKES.toAbsolutePath()).stream().map(LintTest::line))
                .containsExactly(
                        """
                        tools/bare.yml:2 missing-description tool.description
                        tools/bare.yml:2 missing-tags tool.tags
                        tools/bare.yml:2 missing-tests tool.tests
                        tools/bare.yml:5 missing-parameter-description tool.parameters[0].description
                        tools/bare.yml:5 missing-parameter-examples tool.parameters[0].examples
                        tools/bare.yml:5 missing-parameter-default tool.parameters[0].default
                        tools/bare.yml:13 missing-property-description tool.parameters[1].properties.city
                        tools/bare.yml:18 missing-type-description tool.parameters[1].properties.sizes.items
                        tools/bare.yml:20 missing-return-description tool.return.description
                        tools/bare.yml:22 missing-type-description tool.return.items
                        tools/bare.yml:28 missing-property-description tool.return.items.properties.note
                        tools/bare.yml:2 missing-annotations tool.annotations
                        tools/endless.yml:2 long-schema tool
                        tools/same_a.yml:4 duplicate-description tool.description
                        tools/same_b.yml:4 duplicate-description tool.description
                        tools/silent.yml:16 missing-parameter-default tool.parameters[1].default
                        tools/silent.yml:6 unused-ignore metadata.lint.ignore
                        tools/silent.yml:7 unused-ignore metadata.lint.ignore
                        tools/silent.yml:17 unused-ignore metadata.lint.ignore
                        tools/told.yml:4 vague-description tool.description
                        tools/told.yml:3 unusual-name tool.name
                        tools/told.yml:28 missing-test-description tool.tests[0].description
                        tools/told.yml:10 vague-description tool.parameters[0].description
                        tools/told.yml:11 unfit-example tool.parameters[0].examples[1]
                        tools/told.yml:16 foreign-name tool.parameters[1].description
                        tools/told.yml:22 untidy-description tool.parameters[2].description
                        resources/parcel.yml:2 missing-tests resource.tests
                        prompts/letter.yml:2 missing-tags prompt.tags
                        """
                                .lines()
                                .toArray(String[]::new));
    }

    /// Each finding says what, why and what to do
    @Test
    void every_finding_names_its_element_and_a_remedy() {
        List<Finding> findings = lint(MISTAKES.toAbsolutePath());

        assertThat(findings)
                .allSatisfy(one -> {
                    assertThat(one.message()).isNotBlank().doesNotEndWith(".");
                    assertThat(one.suggestion()).isNotBlank();
                    assertThat(one.rule().reason()).isNotBlank();
                });
        assertThat(findings)
                .extracting(Finding::message)
                .contains(
                        "Parameter 'id' has no description",
                        "Tool 'same_a' has the same description as tools/same_b.yml",
                        "The description of parameter 'as_of' speaks of 'start_date', which is nothing here",
                        "'missing-taggs' is ignored, but there is no such rule");
    }

    /// Levels and codes
    @Test
    void codes_are_unique_and_say_what_they_are_about() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::code)).doesNotHaveDuplicates();
        assertThat(Rule.of("missing-tags")).contains(Rule.MISSING_TAGS);
        assertThat(Severity.ERROR.atLeast(Severity.WARNING)).isTrue();
        assertThat(Severity.INFO.atLeast(Severity.WARNING)).isFalse();
    }

    /// The table of the reference, row by row
    @Test
    void every_rule_is_in_the_reference_as_it_is() throws Exception {
        String table =
                Arrays.stream(Rule.values())
                        .map(rule ->
                                "| `%s` | %s | %s | %s |\n"
                                        .formatted(
                                                rule.code(),
                                                rule.severity().word(),
                                                rule.reason(),
                                                rule.remedy()))
                        .collect(Collectors.joining());

        assertThat(Files.readString(Path.of("docs/reference/lint.md"))).contains(table);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "late_parcels | Returns the late parcels | true",
                "lateParcels | A list of late parcels | true",
                "late_parcel | TODO | true",
                "id | The ID | true",
                "late_parcels | Parcels past their promised day | false",
                "id | Number on the label | false",
                "städte | Die Städte | false",
            })
    void a_description_that_repeats_the_name_is_vague(String name, String text, boolean vague) {
        assertThat(Words.repeats(text, name)).isEqualTo(vague);
    }

    /// The whole project's size, and a code in the site file
    @Test
    void a_project_can_be_too_large_and_can_ignore_rules() {
        write(
                "mxcp-site.yml",
                "mxcp: 1\nproject: p\nprofile: default\nlint: {ignore: [missing-tests, no-such-rule]}\n");
        String description = "A long story about parcels and depots. ".repeat(90);
        for (int i = 0; i < 25; i++) {
            write(
                    "tools/t" + i + ".yml",
                    "mxcp: 1\ntool:\n  name: t%d\n  description: %s number %d\n  source: {code: SELECT 1 AS a}\n"
                            .formatted(i, description, i));
        }

        List<Finding> findings = lint(folder);

        assertThat(findings).extracting(Finding::rule).doesNotContain(Rule.MISSING_TESTS);
        assertThat(findings.stream().map(LintTest::line))
                .endsWith(
                        "mxcp-site.yml:0 large-project project",
                        "mxcp-site.yml:0 unused-ignore lint.ignore");
    }

    /// --fix changes what is sure, once
    @Test
    void fixes_what_needs_no_person() throws Exception {
        write("mxcp-site.yml", "mxcp: 1\nproject: p\nprofile: default\n");
        write(
                "tools/t.yml",
                """
                mxcp: 1
                tool:
                  name: t
                  description: "  Parcels past their promised day "   # kept
                  parameters:
                    - name: depot   # the number
                      type: integer
                      minimum: 1
                      description: Number on the door

                    - {name: secret, type: string, sensitive: true, description: Word at the door}
                  source:
                    code: SELECT $depot AS depot, $secret AS secret
                  tests:
                    - {name: a, arguments: [{key: depot, value: 3}, {key: secret, value: x}]}
                    - {name: b, arguments: [{key: depot, value: 3}], error_contains: secret}
                    - {name: c, arguments: [{key: depot, value: 7}, {key: secret, value: x}]}
                    - {name: d, arguments: [{key: depot, value: 0}, {key: secret, value: x}]}
                """);

        List<Finding> fixed = Fixes.apply(lint(folder));

        assertThat(fixed)
                .extracting(Finding::rule)
                .containsExactly(
                        Rule.UNTIDY_DESCRIPTION,
                        Rule.MISSING_PARAMETER_EXAMPLES,
                        Rule.MISSING_ANNOTATIONS);
        assertThat(Files.readString(folder.resolve("tools/t.yml")))
                .contains(
                        "  description: Parcels past their promised day   # kept\n",
                        "      description: Number on the door\n      examples: [3, 7]\n\n    - {name: secret",
                        "value: x}]}\n  annotations:\n    readOnlyHint: true\n");
        assertThat(Fixes.apply(lint(folder))).isEmpty();
    }

    /// SARIF 2.1.0
    @Test
    void sarif_has_a_rule_and_a_line_for_every_finding() {
        List<Finding> findings = lint(MISTAKES.toAbsolutePath());

        var run =
                member(list(member(Json.parse(Sarif.json(findings, "1.2.3")), "runs")).getFirst());

        List<?> rules = list(member(member(run.get("tool"), "driver"), "rules"));
        List<?> results = list(run.get("results"));
        assertThat(results).hasSameSizeAs(findings);
        for (Object result : results) {
            int index = ((Long) member(result, "ruleIndex")).intValue();
            assertThat(member(rules.get(index), "id")).isEqualTo(member(result, "ruleId"));
        }
        assertThat(Json.text(results.get(3)))
                .contains(
                        "\"level\":\"error\"",
                        "\"uri\":\"tools/bare.yml\"",
                        "\"startLine\":5",
                        "\"fullyQualifiedName\":\"tool.parameters[0].description\"");
    }

    private static Map<?, ?> member(Object value) {
        return (Map<?, ?>) value;
    }

    private static Object member(@org.jspecify.annotations.Nullable Object value, String name) {
        return Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(value)).get(name), name);
    }

    private static List<?> list(@org.jspecify.annotations.Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    private static String line(Finding finding) {
        return "%s:%d %s %s"
                .formatted(
                        finding.path(),
                        finding.place().line(),
                        finding.rule().code(),
                        finding.location());
    }

    private List<Finding> lint(Path root) {
        Project project =
                ProjectLoader.load(
                        new ProjectLoader.Options(
                                root, null, null, false, Map.of(), folder.resolve("home")));
        Catalog catalog = CatalogLoader.load(project);
        return Lint.of(project, catalog);
    }

    private void write(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
