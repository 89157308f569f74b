package dev.mxcp.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.TypeDef.Bounds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// D1-D9, E1, E8.1, V2-V4, V7, V8.
class EndpointReaderTest {
    @TempDir Path folder;

    /// The example at the end of section 7.
    @Test
    void a_definition_with_most_of_the_vocabulary_is_read() {
        var project = new ProjectFolder(folder).write("sql/late_parcels.sql", "SELECT 1 AS parcel");
        project.write(
                "tools/late_parcels.yml",
                """
                mxcp: 1
                metadata: {owner: logistics}
                tool:
                  name: late_parcels
                  description: Parcels past their promised day
                  tags: [parcels, read]
                  annotations: {title: Late parcels, readOnlyHint: true}
                  parameters:
                    - {name: as_of, type: string, format: date, description: Cut-off day, default: "2030-01-31"}
                    - {name: depots, type: array, items: {type: integer}, minItems: 1, description: Depot numbers}
                  return:
                    type: array
                    items:
                      type: object
                      properties:
                        parcel: {type: string}
                        phone: {type: string, sensitive: true}
                      required: [parcel]
                  source: {file: ../sql/late_parcels.sql}
                """);

        var tool = (Endpoint.Tool) only(project);

        assertThat(tool.name()).isEqualTo("late_parcels");
        assertThat(tool.description()).isEqualTo("Parcels past their promised day");
        assertThat(tool.toolAnnotations())
                .isEqualTo(new Endpoint.ToolAnnotations("Late parcels", true, null, null, null));
        assertThat(tool.file().relativePath()).isEqualTo("tools/late_parcels.yml");
        assertThat(tool.file().place().text()).isEqualTo("tools/late_parcels.yml:3:1");
        assertThat(tool.file().tags()).containsExactly("parcels", "read");
        assertThat(tool.file().metadata()).isEqualTo(Map.of("owner", "logistics"));
        assertThat(tool.file().document()).containsOnlyKeys("mxcp", "metadata", "tool");
        assertThat(tool.parameters())
                .containsExactly(
                        new Parameter(
                                "as_of",
                                new TypeDef(
                                        new TypeDef.Text(TypeDef.Format.DATE, null, null, null),
                                        "Cut-off day",
                                        new TypeDef.Default("2030-01-31"),
                                        List.of(),
                                        null,
                                        false,
                                        false)),
                        new Parameter(
                                "depots",
                                new TypeDef(
                                        new TypeDef.ListOf(
                                                TypeDef.of(new TypeDef.Int(Bounds.NONE)),
                                                1,
                                                null,
                                                false),
                                        "Depot numbers",
                                        null,
                                        List.of(),
                                        null,
                                        false,
                                        false)));
        var items = ((TypeDef.ListOf) type(tool).shape()).items();
        assertThat(items).isNotNull();
        var object = (TypeDef.ObjectOf) java.util.Objects.requireNonNull(items).shape();
        assertThat(object.required()).containsExactly("parcel");
        assertThat(object.properties()).containsOnlyKeys("parcel", "phone");
        assertThat(tool.code())
                .isEqualTo(
                        new Code.Sql(
                                "SELECT 1 AS parcel",
                                project.root.resolve("sql/late_parcels.sql"),
                                new dev.mxcp.problem.SourcePlace("sql/late_parcels.sql", 1, 1)));
    }

    @Test
    void every_constraint_is_read() {
        Endpoint tool =
                tool(
                        """
                        parameters:
                          - {name: s, type: string, minLength: "1", maxLength: 5.0, pattern: "^a+$", enum: [a, 5, 2024-01-02],
                             examples: [x, {y: 1}]}
                          - {name: n, type: number, minimum: 1, maximum: "2.5", exclusiveMinimum: 0, exclusiveMaximum: 9,
                             multipleOf: 0.5, default: null}
                          - {name: a, type: array, minItems: 1, maxItems: 2, uniqueItems: yes}
                          - {name: o, type: object, additionalProperties: "no", properties: {no: {type: boolean, default: 2024-01-02}}}
                          - {name: i, type: integer, minLength: 3, pattern: "(", items: {type: string}}
                        return: {type: object, nullable: true}
                        """);

        assertThat(type(tool, "s").shape())
                .isEqualTo(
                        new TypeDef.Text(
                                null,
                                1,
                                5,
                                java.util.Objects.requireNonNull(TypeDef.Pattern.of("^a+$"))));
        assertThat(type(tool, "s").enumeration())
                .containsExactly("a", 5L, LocalDate.of(2024, 1, 2));
        assertThat(type(tool, "s").examples()).containsExactly("x", Map.of("y", 1L));
        assertThat(type(tool, "n").shape())
                .isEqualTo(new TypeDef.Num(new Bounds(1.0, 2.5, 0.0, 9.0, 0.5)));
        assertThat(type(tool, "n").fallback()).isEqualTo(new TypeDef.Default(null));
        assertThat(type(tool, "a").shape()).isEqualTo(new TypeDef.ListOf(null, 1, 2, true));
        assertThat(type(tool, "o").shape())
                .isInstanceOfSatisfying(
                        TypeDef.ObjectOf.class,
                        object -> {
                            assertThat(object.additionalProperties()).isFalse();
                            assertThat(object.properties()).containsOnlyKeys("no");
                        });
        assertThat(type(tool, "i").shape()).isEqualTo(new TypeDef.Int(Bounds.NONE));
        assertThat(type(tool).nullable()).isTrue();
    }

    /// D8, D9, Q1: missing arguments are none; `result: null` is an expectation.
    @Test
    void tests_and_policies_are_read() {
        Endpoint tool =
                tool(
                        """
                        tests:
                          - {name: a, arguments: [{key: x, value: 5}, {key: y, value: null}], result: null,
                             user_context: {role: admin}}
                          - {name: b, result_length: "2", result_contains_all: [1], result_not_contains: [z]}
                        policies:
                          input: [{condition: "user.role != 'x'", action: deny, reason: no}]
                          output: [{condition: "true", action: mask_fields, fields: [a, b]}]
                        """
                                .replace("reason: no", "reason: 'no'"));

        List<EndpointFile.TestCase> tests = tool.file().tests();
        assertThat(tests.getFirst().arguments().toString()).isEqualTo("{x=5, y=null}");
        assertThat(tests.getFirst().assertions().toString()).isEqualTo("{result=null}");
        assertThat(tests.getFirst().userContext()).isEqualTo(Map.of("role", "admin"));
        assertThat(tests.get(1).arguments()).isEmpty();
        assertThat(tests.get(1).assertions())
                .isEqualTo(
                        Map.of(
                                "result_not_contains", List.of("z"),
                                "result_contains_all", List.of(1L),
                                "result_length", 2L));
        EndpointFile.Policies policies = tool.file().policies();
        assertThat(policies.input().getFirst().action()).isEqualTo("deny");
        assertThat(policies.input().getFirst().reason()).isEqualTo("no");
        assertThat(policies.output().getFirst().fields()).containsExactly("a", "b");
    }

    /// E8.1.
    @Test
    void a_placeholder_without_a_parameter_is_a_required_string() {
        var project = new ProjectFolder(folder);
        project.write(
                "resources/r.yml",
                """
                resource:
                  uri: "parcel://{depot}/{id}"
                  mime_type: text/csv
                  parameters: [{name: id, type: integer}]
                  source: {code: SELECT 1}
                """);

        var resource = (Endpoint.Resource) only(project);

        assertThat(resource.parameters())
                .extracting(Parameter::name)
                .containsExactly("id", "depot");
        assertThat(resource.parameters().get(1).required()).isTrue();
        assertThat(resource.id()).isEqualTo("parcel://{depot}/{id}");
        assertThat(resource.mimeType()).isEqualTo("text/csv");
        assertThat(resource.name()).isNull();
    }

    @Test
    void prompts_are_read_and_their_return_is_ignored() {
        var project = new ProjectFolder(folder);
        project.write(
                "prompts/p.yaml", // N1
                """
                prompt:
                  name: p
                  return: {type: string}
                  messages: [{prompt: "Hi {{ x }}", role: user}, {prompt: "r://x", type: resource}]
                """);

        var prompt = (Endpoint.Prompt) only(project);

        assertThat(prompt.messages())
                .containsExactly(
                        new Endpoint.PromptMessage("Hi {{ x }}", "user", null),
                        new Endpoint.PromptMessage("r://x", null, "resource"));
        assertThat(prompt.returns()).isNull();
    }

    /// D7: endpoint's language, else that of the source, else the file's name, else SQL.
    @TestFactory
    List<DynamicTest> the_language_is_decided_in_order() {
        return List.of(
                language("language: python\nsource: {file: ../python/f.sql, language: sql}", true),
                language("source: {file: ../python/f.sql, language: python}", true),
                language("source: {file: ../python/f.py}", true),
                language("source: {file: ../python/f.py, language: sql}", false),
                language("language: sql\nsource: {file: ../python/f.py}", false),
                language("source: {file: ../python/f.sql}", false));
    }

    /// E1: a leading slash is the root, and only then the file system.
    @Test
    void files_are_found_relative_to_the_definition_or_the_root() {
        var project = new ProjectFolder(folder).write("sql/a.sql", "SELECT 'a'");
        project.write("../outside.sql", "SELECT 'out'");
        tool(project, "a", "source: {file: /sql/a.sql}");
        tool(project, "b", "source: {file: " + folder.resolve("outside.sql") + "}");
        tool(project, "c", "source: {file: ../../outside.sql}");

        assertThat(project.endpointProblems()).isEmpty();
        assertThat(project.catalog().endpoints())
                .extracting(it -> it.code() instanceof Code.Sql sql ? sql.text() : "")
                .containsExactly("SELECT 'a'", "SELECT 'out'", "SELECT 'out'");
    }

    @Test
    void the_place_of_a_block_of_code_is_its_first_line() {
        var project = new ProjectFolder(folder);
        tool(project, "a", "source:\n  code: |\n    SELECT 1\n");

        assertThat(only(project).code())
                .isInstanceOfSatisfying(
                        Code.Sql.class,
                        sql -> assertThat(sql.place().text()).isEqualTo("tools/a.yml:5"));
    }

    @TestFactory
    List<DynamicTest> whole_documents_that_are_wrong() {
        return List.of(
                file(
                        "",
                        "tools/a.yml: Endpoint file is empty\n"
                                + "  fix: define a tool, resource or prompt, or remove the file"),
                file(
                        "# x\n~",
                        "tools/a.yml: Endpoint file is empty\n"
                                + "  fix: define a tool, resource or prompt, or remove the file"),
                file(
                        "[a]",
                        "tools/a.yml:1:1: an endpoint file must be a mapping, not a list\n"
                                + "  fix: begin it with `mxcp: 1`"),
                file(
                        "mxcp: 1",
                        "tools/a.yml:1:1: Endpoint definition must include a tool, resource, or prompt"
                                + " definition"),
                file(
                        "tool:\n",
                        "tools/a.yml:1:1: Endpoint definition must include a tool, resource, or prompt"
                                + " definition"),
                file(
                        "tol: {name: x}",
                        "tools/a.yml:1:1: tol: unknown key\n  fix: did you mean 'tool'?"),
                file(
                        "tool: 5",
                        "tools/a.yml:1:7: tool: must be a mapping, not an integer",
                        "tools/a.yml:1:7: tool.name: Field required",
                        "tools/a.yml:1:7: tool.source: Field required\n  fix: write `source: {file: ...}`"),
                file(
                        "tool: {name: x, source: {code: S}}\nprompt: {name: y, messages: []}",
                        "tools/a.yml:2:1: Endpoint definition must contain exactly one endpoint type\n"
                                + "  fix: write one file for each endpoint"),
                file(
                        "mxcp: 2\ntool: {name: x, source: {code: S}}",
                        "tools/a.yml:1:7: mxcp: unsupported version\n  fix: write `mxcp: 1`, the only version"));
    }

    @TestFactory
    List<DynamicTest> keys_that_are_wrong() {
        return List.of(
                keys(
                        "metadata: {a: 1}",
                        "tools/a.yml:4:3: tool.metadata: unknown key\n"
                                + "  fix: write it at the root of the file, beside `mxcp:`"),
                keys(
                        "code: x",
                        "tools/a.yml:4:3: tool.code: unknown key\n  fix: write source.code"),
                keys(
                        "colour: x",
                        "tools/a.yml:4:3: tool.colour: unknown key\n"
                                + "  fix: use one of: enabled, parameters, tags, tests, policies, title, icons,"
                                + " requires_client, mime_type, max_rows, paginate, max_bytes, description,"
                                + " return, name, language, source, annotations"),
                keys(
                        "enabled: null",
                        "tools/a.yml:4:12: tool.enabled: must be true or false, not null"),
                keys(
                        "tags: [2024]",
                        "tools/a.yml:4:10: tool.tags.0: must be a string, not an integer\n"
                                + "  fix: put it in quotes: \"2024\""),
                keys(
                        "language: pyhton",
                        "tools/a.yml:4:13: tool.language: unknown language 'pyhton'\n"
                                + "  fix: did you mean 'python'?"),
                keys(
                        "annotations: {readonlyHint: true}",
                        "tools/a.yml:4:17: tool.annotations.readonlyHint: unknown key\n"
                                + "  fix: did you mean 'readOnlyHint'?"),
                keys(
                        "parameters: [{type: string}]",
                        "tools/a.yml:4:16: tool.parameters.0.name: Field required"),
                keys(
                        "parameters: [{name: x}]",
                        "tools/a.yml:4:16: tool.parameters.0.type: Field required\n"
                                + "  fix: use one of: string, number, integer, boolean, array, object"),
                keys(
                        "parameters: [{name: x, type: [string]}]",
                        "tools/a.yml:4:32: tool.parameters.0.type: must be a string, not a list"),
                keys(
                        "parameters: [{name: x, type: strng}]",
                        "tools/a.yml:4:32: tool.parameters.0.type: unknown type 'strng'\n"
                                + "  fix: did you mean 'string'?"),
                keys(
                        "parameters: [{name: '', type: string}]",
                        "tools/a.yml:4:23: tool.parameters.0.name: Parameter name cannot be empty"),
                keys(
                        "parameters: [{name: 1x, type: string}]",
                        "tools/a.yml:4:23: tool.parameters.0.name: Parameter name must start with a letter or underscore\n"
                                + "  fix: rename '1x'"),
                keys(
                        "parameters: [{name: a-b, type: string}]",
                        "tools/a.yml:4:23: tool.parameters.0.name: Parameter name must contain only alphanumeric"
                                + " characters or underscores\n  fix: rename 'a-b'"),
                keys(
                        "parameters: [{name: ctx, type: string}, {name: ctx, type: string}]",
                        "tools/a.yml:4:50: tool.parameters.1.name: duplicate parameter name 'ctx'\n"
                                + "  fix: give each parameter its own name"),
                keys(
                        "parameters: [{name: x, type: string, required: true}]",
                        "tools/a.yml:4:50: tool.parameters.0.required: must be a list, not a boolean\n"
                                + "  fix: remove it: a parameter without a default is required"),
                keys(
                        "parameters: [{name: x, type: string, pattern: '(?=a)'}]",
                        "tools/a.yml:4:49: tool.parameters.0.pattern: not a valid pattern: invalid or unsupported Perl"
                                + " syntax\n  fix: use RE2 syntax; look-around and back-references are not supported"),
                keys(
                        "parameters: [{name: x, type: string, minLength: -1}]",
                        "tools/a.yml:4:51: tool.parameters.0.minLength: the integer is out of range\n  fix: use 0 to 2147483647"),
                keys(
                        "parameters: [{name: x, type: string, nullable: true}]",
                        "tools/a.yml:4:40: tool.parameters.0.nullable: unknown key\n"
                                + "  fix: only `return` itself can be nullable; null scalars are valid anyway"),
                keys(
                        "return: {type: object, properties: {a: {type: number, const: 5}}}",
                        "tools/a.yml:4:57: tool.return.properties.a.const: unknown key\n  fix: write an enum of one value"),
                keys(
                        "tests: [{name: t, result_contain: 5}]",
                        "tools/a.yml:4:21: tool.tests.0.result_contain: unknown key\n"
                                + "  fix: did you mean 'result_contains'?"),
                keys(
                        "tests: [{name: t, arguments: [{key: a}]}]",
                        "tools/a.yml:4:33: tool.tests.0.arguments.0.value: Field required"),
                keys(
                        "policies: {input: [{condition: x, action: denny}]}",
                        "tools/a.yml:4:45: tool.policies.input.0.action: unknown action 'denny'\n"
                                + "  fix: did you mean 'deny'?"));
    }

    @TestFactory
    List<DynamicTest> sources_that_are_wrong() {
        return List.of(
                source(
                        "{}",
                        "tools/a.yml:3:11: tool.source: Source must provide exactly one of 'code' or 'file'\n"
                                + "  fix: write `file: ...` or `code: ...`"),
                source(
                        "{code: '', file: ''}",
                        "tools/a.yml:3:11: tool.source: Source must provide exactly one of 'code' or"
                                + " 'file'\n  fix: write `file: ...` or `code: ...`"),
                source(
                        "{code: S, file: f}",
                        "tools/a.yml:3:11: tool.source: Source must provide exactly one of 'code' or"
                                + " 'file'\n  fix: remove one of the two"),
                source(
                        "null",
                        "tools/a.yml:3:11: tool.source: must be a mapping, not null",
                        "tools/a.yml:3:11: tool.source: Source must provide exactly one of 'code' or 'file'\n"
                                + "  fix: write `file: ...` or `code: ...`"),
                source(
                        "{code: '  '}",
                        "tools/a.yml:3:18: tool.source.code: No SQL query found\n  fix: write a statement"),
                source(
                        "{code: x, language: python}",
                        "tools/a.yml:3:18: tool.source.code: Python endpoints must specify"
                                + " source.file\n  fix: put the code into a file below python/ and name it in source.file"),
                source(
                        "{file: ../sql/no.sql}",
                        "tools/a.yml:3:18: tool.source.file: Error resolving source code: SQL file"
                                + " not found: sql/no.sql\n  fix: paths begin at the folder of this file; a leading '/' means"
                                + " the project root"),
                source(
                        "{file: no.py}",
                        "tools/a.yml:3:18: tool.source.file: Python source file not found: tools/no.py\n"
                                + "  fix: paths begin at the folder of this file; a leading '/' means the project root"),
                source(
                        "{file: 'no.py:f', language: python}",
                        "tools/a.yml:3:18: tool.source.file: Python source file not"
                                + " found: tools/no.py:f\n  fix: remove ':function': the function is the one with the"
                                + " endpoint's name"));
    }

    /// V2-V4.
    @TestFactory
    List<DynamicTest> static_checks_that_fail() {
        return List.of(
                file(
                        "tool: {name: '', source: {code: SELECT 1}}",
                        "tools/a.yml:1:14: tool.name: No valid endpoint type (tool/resource/prompt) found: the name is"
                                + " empty\n  fix: give it a name"),
                at(
                        "resources/r.yml",
                        "resource: {uri: 'a://{x}', parameters: [{name: y, type: string}], source: {code: S}}",
                        "resources/r.yml:1:41: resource.parameters.0: Resource parameter(s) ['y'] are not used in uri"
                                + " 'a://{x}'\n  fix: write {y} in the uri, or remove the parameter"),
                at(
                        "resources/r.yml",
                        "resource: {source: {code: S}}",
                        "resources/r.yml:1:11: resource.uri: Field required"),
                at(
                        "prompts/p.yml",
                        "prompt: {name: p, messages: []}",
                        "prompts/p.yml:1:29: prompt.messages: No messages found in prompt definition\n  fix: write one"),
                at(
                        "prompts/p.yml",
                        "prompt: {name: p}",
                        "prompts/p.yml:1:9: prompt.messages: Field required\n  fix: write messages, or a Python source"),
                at(
                        "prompts/p.yml",
                        "prompt: {name: p, messages: [{content: x}]}",
                        "prompts/p.yml:1:30: prompt.messages.0.prompt: Field required",
                        "prompts/p.yml:1:31: prompt.messages.0.content: unknown key\n  fix: write prompt"));
    }

    /// Q1, wanted: all problems of a file, in its order.
    @Test
    void all_problems_of_a_file_are_reported_together() {
        assertThat(
                        new ProjectFolder(folder)
                                .write(
                                        "tools/a.yml",
                                        "tool:\n  nme: x\n  parameters:\n    - {name: 5}\n  tags: x\n")
                                .endpointProblems())
                .extracting(text -> text.lines().findFirst().orElse(""))
                .containsExactly(
                        "tools/a.yml:2:3: tool.name: Field required",
                        "tools/a.yml:2:3: tool.source: Field required",
                        "tools/a.yml:2:3: tool.nme: unknown key",
                        "tools/a.yml:4:7: tool.parameters.0.type: Field required",
                        "tools/a.yml:4:14: tool.parameters.0.name: must be a string, not an integer",
                        "tools/a.yml:5:9: tool.tags: must be a list, not a string");
    }

    private DynamicTest language(String keys, boolean python) {
        return DynamicTest.dynamicTest(
                keys.replace('\n', '|'),
                () -> {
                    var project = new ProjectFolder(folder);
                    project.write("python/f.py", "x").write("python/f.sql", "x");
                    tool(project, "a", keys);

                    assertThat(only(project).code() instanceof Code.Python).isEqualTo(python);
                });
    }

    private DynamicTest keys(String yaml, String... problems) {
        return file("tool:\n  name: x\n  source: {code: SELECT 1}\n  " + yaml, problems);
    }

    private DynamicTest source(String yaml, String... problems) {
        return file("tool:\n  name: x\n  source: " + yaml, problems);
    }

    private DynamicTest file(String yaml, String... problems) {
        return at("tools/a.yml", yaml, problems);
    }

    private DynamicTest at(String path, String yaml, String... problems) {
        String last = yaml.substring(yaml.lastIndexOf('\n') + 1).strip();
        return DynamicTest.dynamicTest(
                last.isEmpty() ? "empty" : last,
                () ->
                        assertThat(
                                        new ProjectFolder(Files.createTempDirectory(folder, "p"))
                                                .write(path, yaml)
                                                .endpointProblems())
                                .containsExactly(problems));
    }

    private Endpoint tool(String keys) {
        var project = new ProjectFolder(folder);
        tool(project, "a", "source: {code: SELECT 1}\n" + keys);
        return only(project);
    }

    private static void tool(ProjectFolder project, String name, String keys) {
        String indented = keys.indent(2);
        project.write("tools/" + name + ".yml", "tool:\n  name: " + name + "\n" + indented);
    }

    private static Endpoint only(ProjectFolder project) {
        assertThat(project.endpointProblems()).isEmpty();
        assertThat(project.catalog().endpoints()).hasSize(1);
        return project.catalog().endpoints().getFirst();
    }

    private static TypeDef type(Endpoint endpoint) {
        return java.util.Objects.requireNonNull(endpoint.returns());
    }

    private static TypeDef type(Endpoint endpoint, String parameter) {
        return endpoint.parameters().stream()
                .filter(it -> it.name().equals(parameter))
                .findFirst()
                .orElseThrow()
                .type();
    }
}
