package dev.mxcp.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointFile;
import dev.mxcp.project.UriTemplate;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValidationTest {
    private final Map<String, String> pythonProblems = new LinkedHashMap<>();

    /// V9: with DuckDB's text
    @Test
    void reports_sql_that_cannot_be_prepared() {
        assertThat(only(tool("t", "SELECT broken", List.of())).message())
                .isEqualTo("Source code syntax validation failed: Binder Error: no column broken");
    }

    /// V10: both directions, sorted, case-sensitive
    @Test
    void reports_parameters_that_sql_and_declaration_do_not_share() {
        Endpoint tool = tool("t", "SELECT $b, $a, $Same", List.of("same", "c"));

        assertThat(only(tool).message())
                .isEqualTo("Parameter mismatch: missing={'Same', 'a', 'b'}, extra={'c', 'same'}");
    }

    /// V10: the side without names is Python's empty set
    @Test
    void shows_an_empty_side_of_a_mismatch() {
        assertThat(only(tool("t", "SELECT $b", List.of())).message())
                .isEqualTo("Parameter mismatch: missing={'b'}, extra=set()");
    }

    /// E8.1: an undeclared placeholder is a parameter, with a warning
    @Test
    void lets_sql_read_an_undeclared_placeholder() {
        Verdict verdict = only(resource("item://{id}", "SELECT $id", List.of()));

        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.warnings()).singleElement().asString().contains("{id}");
    }

    /// V3
    @Test
    void reports_a_resource_parameter_that_is_not_in_the_uri() {
        assertThat(only(resource("item://{id}", "SELECT $id, $x", List.of("id", "x"))).message())
                .startsWith("Resource parameter(s) ['x'] are not used in uri 'item://{id}'.");
    }

    /// V4
    @Test
    void reports_a_prompt_without_messages() {
        assertThat(only(prompt(List.of(), List.of())).message())
                .isEqualTo("No messages found in prompt definition");
    }

    /// V5, V6
    @Test
    void reports_templates() {
        assertThat(only(prompt(List.of("x"), List.of("{{ x }}", "{{ broken"))).message())
                .isEqualTo("Message 2: unexpected end");
        assertThat(only(prompt(List.of("x"), List.of("{{ x }} {{ tone }} {{ mood }}"))).message())
                .isEqualTo("Message 1 uses undefined template variables: mood, tone");
    }

    /// V8
    @Test
    void reports_empty_sql() {
        assertThat(only(tool("t", " \n", List.of())).message()).isEqualTo("No SQL query found");
    }

    /// V11
    @Test
    void reports_what_the_worker_says_of_a_python_endpoint() {
        pythonProblems.put("p", "Function 'p' not found in python/p.py");
        Endpoint good = python("q");

        List<Verdict> verdicts = validate(new Catalog(List.of(python("p"), good), List.of()));

        assertThat(verdicts).extracting(Verdict::ok).containsExactly(false, true);
        assertThat(verdicts.getFirst().message()).contains("not found");
    }

    /// Q1, X25: files that did not load come with line and column, below the root
    @Test
    void passes_load_errors_on_with_their_places() {
        var problem =
                new Problem(
                        "Field required",
                        new SourcePlace("tools/a.yml", 4, 3),
                        "tool.source",
                        null);
        var broken = new Catalog.BrokenFile("tools/a.yml", List.of(problem));

        Verdict verdict = validate(new Catalog(List.of(), List.of(broken))).getFirst();

        assertThat(verdict.relativePath()).isEqualTo("tools/a.yml");
        assertThat(verdict.message()).isEqualTo("tool.source: Field required (line 4, column 3)");
    }

    /// Q2.2: tests and defaults are only warnings
    @Test
    void warns_of_arguments_that_would_be_refused() {
        var test =
                new EndpointFile.TestCase(
                        "first", null, Map.of("bad", 1), null, Map.of(), false, place());
        Endpoint tool =
                new Endpoint.Tool(
                        file("t", List.of(test), Map.of("mxcp", 2L)),
                        "t",
                        null,
                        List.of(),
                        null,
                        new Code.Sql("SELECT 1", null, place()),
                        Endpoint.ToolAnnotations.NONE);

        Verdict verdict = only(tool);

        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.warnings())
                .containsExactly(
                        "mxcp: version 2 is not 1; the file is read as version 1",
                        "test 'first': Unknown parameter: bad");
    }

    /// cli C0.10: with the database locked the other checks still work
    @Test
    void checks_without_an_engine_what_needs_none() {
        var validation =
                Validation.withoutEngine(new FakeTemplates(), (p, a) -> Optional.empty(), "locked");

        List<Verdict> verdicts =
                validation.validate(
                        new Catalog(
                                List.of(
                                        tool("t", "SELECT broken", List.of()),
                                        prompt(List.of(), List.of())),
                                List.of()));

        assertThat(verdicts).extracting(Verdict::ok).containsExactly(true, false);
        assertThat(verdicts.getFirst().warnings()).singleElement().asString().endsWith("locked");
    }

    @Test
    void what_the_database_cannot_judge_is_a_warning() {
        Verdict verdict = only(tool("t", "SELECT later", List.of()));

        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.warnings()).containsExactly("not judged");
    }

    private Verdict only(Endpoint endpoint) {
        return validate(new Catalog(List.of(endpoint), List.of())).getFirst();
    }

    private List<Verdict> validate(Catalog catalog) {
        return Validation.full(
                        new FakeTemplates(),
                        (parameters, arguments) ->
                                arguments.containsKey("bad")
                                        ? Optional.of("Unknown parameter: bad")
                                        : Optional.empty(),
                        ValidationTest::sql,
                        endpoints -> pythonProblems)
                .validate(catalog);
    }

    private static SqlCheck.Finding sql(String text, List<Parameter> parameters) {
        SequencedSet<String> names = new LinkedHashSet<>();
        Pattern.compile("\\$(\\w+)")
                .matcher(text)
                .results()
                .forEach(name -> names.add(name.group(1)));
        @Nullable String problem =
                text.contains("broken") && parameters.isEmpty()
                        ? "Binder Error: no column broken"
                        : null;
        return new SqlCheck.Finding(problem, text.contains("later") ? "not judged" : null, names);
    }

    /// Knows names in double braces and no other syntax.
    private static final class FakeTemplates implements TemplateCheck {
        @Override
        public Optional<String> syntaxProblem(String template) {
            return template.contains("{{ broken")
                    ? Optional.of("unexpected end")
                    : Optional.empty();
        }

        @Override
        public List<String> undeclaredVariables(String template, Set<String> declared) {
            return Pattern.compile("\\{\\{ (\\w+) }}")
                    .matcher(template)
                    .results()
                    .map(name -> name.group(1))
                    .filter(name -> !declared.contains(name))
                    .sorted()
                    .toList();
        }
    }

    private static SourcePlace place() {
        return SourcePlace.of("tools/t.yml");
    }

    private static EndpointFile file(
            String name,
            List<EndpointFile.TestCase> tests,
            Map<String, @Nullable Object> document) {
        return new EndpointFile(
                Path.of("/p/tools/" + name + ".yml"),
                "tools/" + name + ".yml",
                place(),
                List.of(),
                tests,
                EndpointFile.Policies.NONE,
                null,
                document);
    }

    private static EndpointFile file(String name) {
        return file(name, List.of(), Map.of("mxcp", 1L));
    }

    private static List<Parameter> parameters(List<String> names) {
        return names.stream()
                .map(name -> new Parameter(name, TypeDef.of(TypeDef.Text.PLAIN)))
                .toList();
    }

    private static Endpoint tool(String name, String sql, List<String> names) {
        return new Endpoint.Tool(
                file(name),
                name,
                null,
                parameters(names),
                null,
                new Code.Sql(sql, null, place()),
                Endpoint.ToolAnnotations.NONE);
    }

    private static Endpoint python(String name) {
        return new Endpoint.Tool(
                file(name),
                name,
                null,
                List.of(),
                null,
                new Code.Python(Path.of("/p/python/" + name + ".py"), place()),
                Endpoint.ToolAnnotations.NONE);
    }

    private static Endpoint resource(String uri, String sql, List<String> names) {
        return new Endpoint.Resource(
                file("r"),
                UriTemplate.of(uri),
                null,
                null,
                parameters(names),
                null,
                new Code.Sql(sql, null, place()),
                null);
    }

    private static Endpoint prompt(List<String> names, List<String> templates) {
        return new Endpoint.Prompt(
                file("p"),
                "p",
                null,
                parameters(names),
                templates.stream()
                        .map(template -> new Endpoint.PromptMessage(template, "user", "text"))
                        .toList());
    }
}
