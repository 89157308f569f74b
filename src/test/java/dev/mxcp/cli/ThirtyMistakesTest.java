package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Issue 6: a project with one mistake of each kind, all of which `validate` finds at the right
/// place, and nothing else (cli Q2.2, V1-V11).
@SuppressWarnings("NullAway.Init") // filled by JUnit
class ThirtyMistakesTest {
    private static final String EXPECTED =
            """
            warning mxcp-site.yml:7:11 secrets.0 | the secret 'weather_api' is not defined for the profile 'dev'
            error prompts/no_messages.yml:4:13 prompt.messages | No messages found in prompt definition
            error prompts/template_syntax.yml:10:9 prompt.messages.0.prompt | Message 1: unexpected '}'
            error prompts/undeclared_variable.yml:12:17 prompt.messages.1.prompt | Message 2 uses undefined template variables: tone
            warning prompts/unknown_resource.yml:6:24 prompt.messages.1.prompt | no resource of the project has the URI 'network://none'
            error resources/no_scheme.yml:3:3 resource.uri | 'all-stations' is no URI
            error resources/unbalanced_braces.yml:3:3 resource.uri | the braces of 'opened://{year' do not make placeholders
            warning resources/undeclared_placeholder.yml:3:3 resource.uri | placeholder {id} of the uri is not declared
            error resources/unused_parameter.yml:6:7 resource.parameters.1 | Resource parameter(s) ['language'] are not used in uri
            error tools/duplicate_parameter.yml:6:14 tool.parameters.1.name | duplicate parameter name 'id'
            error tools/inline_python.yml:6:11 tool.source.code | Python endpoints must specify source.file
            error tools/malformed_pattern.yml:8:16 tool.parameters.0.pattern | not a valid pattern: missing closing ]
            error tools/missing_function.yml > python/stations.py - | Function 'missing_function' not found in
            error tools/missing_python_file.yml:6:11 tool.source.file | Python source file not found: python/nowhere.py
            error tools/missing_sql_file.yml:5:11 tool.source.file | Error resolving source code: SQL file not found: sql/nowhere.sql
            error tools/no_source.yml:3:3 tool.source | Field required
            error tools/other_signature.yml > python/stations.py:5 - | other_signature(number) does not take the endpoint's parameters (id)
            warning tools/policy_idle_before_call.yml:9:9 tool.policies.input.0.action | 'mask_fields' has no effect before a call
            error tools/policy_unknown_action.yml:9:17 tool.policies.input.0.action | unknown action 'forbid'
            warning tools/policy_unknown_field.yml:17:18 tool.policies.output.0.fields.0 | 'return' has no property 'nmae'
            error tools/postponed_binding.yml:7:18 tool.source.code | Source code syntax validation failed: Binder Error: Referenced column "dokcs"
            error tools/python_import.yml > python/python_import.py:2 - | the file cannot be imported: ModuleNotFoundError
            error tools/python_syntax.yml > python/python_syntax.py:2 - | SyntaxError: '{' was never closed
            warning tools/refused_default.yml:9:7 tool.parameters.0.default | default: Error validating parameter 'least': Value must be >= 1
            error tools/return_lacks_column.yml:10:9 tool.return.items.properties.name | the query has no column 'name', which 'return' requires
            warning tools/return_never_filled.yml:8:7 tool.return.properties.titel | the query has no column 'titel'
            error tools/return_other_type.yml:7:7 tool.return.properties.name | column 'name' of type VARCHAR is never valid: Expected integer, got str
            error tools/return_single_value.yml:4:3 tool.return | the query gives 2 columns (id, docks), but 'return' is a single integer
            error tools/sql_syntax.yml:5:11 tool.source.code | Source code syntax validation failed: Parser Error
            warning tools/test_refused_argument.yml:12:11 tool.tests.0.arguments.0.value | test 'first station': Error validating parameter 'id'
            error tools/test_unknown_assertion.yml:9:7 tool.tests.0.result_lenght | unknown key
            warning tools/test_unknown_parameter.yml:11:12 tool.tests.0.arguments.0.key | test 'first station': Unknown parameter: station
            error tools/twin_a.yml:3:9 - | Duplicate endpoint name 'twin' found in: tools/twin_a.yml, tools/twin_b.yml
            error tools/twin_b.yml:3:9 - | Duplicate endpoint name 'twin' found in: tools/twin_a.yml, tools/twin_b.yml
            error tools/undeclared_parameter.yml:10:39 tool.parameters | Parameter mismatch: missing={'least'}, extra=set()
            error tools/unknown_column.yml:8:9 tool.source.code | Source code syntax validation failed: Binder Error: Referenced column "nmae"
            error tools/unknown_key.yml:4:3 tool.descripton | unknown key
            error tools/unknown_table.yml > sql/unknown_table.sql:3:6 tool.source.file | Source code syntax validation failed: Catalog Error: Table with name statoins
            error tools/unknown_type.yml:6:13 tool.parameters.0.type | unknown type 'interger'
            error tools/unused_parameter.yml:6:7 tool.parameters.1 | Parameter mismatch: missing=set(), extra={'least'}
            error tools/yaml_syntax.yml:4:16 - | YAML syntax: found unexpected end of stream while scanning a quoted scalar
            """;

    @TempDir Path temporary;
    private CliProcess cli;

    @BeforeEach
    void fill() {
        cli = CliProcess.inCopyOf("thirty-mistakes", temporary);
        cli.run("query", "CREATE TABLE stations AS FROM read_csv('data/stations.csv')");
    }

    @Test
    void validate_finds_every_mistake_at_its_place_and_nothing_else() {
        CliProcess.Ended ended = cli.run("validate", "--json-output");

        assertThat(ended.code()).isEqualTo(1);
        List<String> expected = EXPECTED.lines().sorted(ThirtyMistakesTest::byFile).toList();
        List<String> found = found(ended).sorted(ThirtyMistakesTest::byFile).toList();
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            assertThat(found.get(i)).startsWith(expected.get(i));
        }
        assertThat(found).hasSameSizeAs(expected);
    }

    /// Q2.1: by name, however broken its file is
    @Test
    void checks_one_endpoint_by_its_name() {
        for (String name : List.of("unknown_key", "yaml_syntax", "unknown_table")) {
            CliProcess.Ended ended = cli.run("validate", name);
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.out()).contains("1 file checked", "✗ tools/" + name + ".yml");
        }
        assertThat(cli.run("validate", "sound").code()).isZero();
        assertThat(cli.run("validate", "sonud").out()).contains("did you mean 'sound'?");
    }

    /// U, R: what the configuration refers to stops every command, with the place
    @Test
    void says_which_variable_of_the_configuration_is_not_set() throws IOException {
        Path config = cli.folder().resolve("user.yml");
        Files.writeString(
                config,
                """
                mxcp: 1
                projects:
                  mistakes:
                    profiles:
                      dev:
                        secrets:
                          - name: weather_api
                            type: api
                            parameters: {token: "${WEATHER_TOKEN_NOT_SET}"}
                """);
        CliProcess.Ended ended =
                cli.with("MXCP_CONFIG", config.toString()).run("validate", "--json-output");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(String.valueOf(ended.json().get("problems")))
                .contains(
                        "path=user.yml",
                        "line=9",
                        "Environment variable WEATHER_TOKEN_NOT_SET is not set",
                        "fix=set WEATHER_TOKEN_NOT_SET");
    }

    /// One line a finding: severity, the endpoint's file, the place (`> file` where that is
    /// another), key path, message.
    private static Stream<String> found(CliProcess.Ended ended) {
        var lines = new ArrayList<String>();
        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(ended.json().get("result"));
        for (Object each : (List<?>) Objects.requireNonNull(result.get("validated"))) {
            Map<?, ?> entry = (Map<?, ?>) each;
            if (!entry.containsKey("problems")) {
                continue;
            }
            for (Object one : (List<?>) Objects.requireNonNull(entry.get("problems"))) {
                Map<?, ?> problem = (Map<?, ?>) one;
                boolean elsewhere = !Objects.equals(entry.get("path"), problem.get("path"));
                lines.add(
                        "%s %s%s %s | %s"
                                .formatted(
                                        problem.get("severity"),
                                        elsewhere ? entry.get("path") + " > " : "",
                                        place(problem),
                                        problem.containsKey("key") ? problem.get("key") : "-",
                                        problem.get("message")));
            }
        }
        return lines.stream();
    }

    private static String place(Map<?, ?> problem) {
        return problem.get("path")
                + (problem.containsKey("line") ? ":" + problem.get("line") : "")
                + (problem.containsKey("column") ? ":" + problem.get("column") : "");
    }

    private static int byFile(String one, String other) {
        return one.substring(one.indexOf(' ')).compareTo(other.substring(other.indexOf(' ')));
    }
}
