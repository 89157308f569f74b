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
    private final Map<String, Problem> pythonProblems = new LinkedHashMap<>();

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
        assertThat(verdict.warnings())
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("{id}");
    }

    /// V5, V6
    @Test
    void reports_templates() {
        assertThat(only(prompt(List.of("x"), List.of("{{ x }}", "{{ broken"))).message())
                .isEqualTo("Message 2: unexpected end");
        assertThat(only(prompt(List.of("x"), List.of("{{ x }} {{ tone }} {{ mood }}"))).message())
                .isEqualTo("Message 1 uses undefined template variables: mood, tone");
    }

    /// V11
    @Test
    void reports_what_the_worker_says_of_a_python_endpoint() {
        pythonProblems.put(
                "p",
                new Problem("Function 'p' not found", SourcePlace.of("python/p.py"), null, null));
        Endpoint good = python("q");

        List<Verdict> verdicts = validate(new Catalog(List.of(python("p"), good), List.of()));

        assertThat(verdicts).extracting(Verdict::ok).containsExactly(false, true);
        assertThat(verdicts.getFirst().message()).isEqualTo("Function 'p' not found (python/p.py)");
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
        var broken = new Catalog.BrokenFile("tools/a.yml", "a", List.of(problem));

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
                .extracting(Problem::what)
                .containsExactly(
                        "mxcp: version 2 is not 1; the file is read as version 1",
                        "test 'first': Unknown parameter: bad");
    }

    /// cli C0.10: what could not be looked at is not called sound
    @Test
    void says_which_checks_an_engine_would_have_done() {
        var validation =
                Validation.withoutEngine(
                        new FakeTemplates(), (p, a) -> Optional.empty(), EndpointCheck.NONE);

        List<Verdict> verdicts =
                validation.validate(
                        new Catalog(
                                List.of(
                                        tool("t", "SELECT broken", List.of()),
                                        python("q"),
                                        prompt(List.of(), List.of("{{ broken"))),
                                List.of()));

        assertThat(verdicts).extracting(Verdict::ok).containsExactly(true, true, false);
        assertThat(verdicts)
                .extracting(Verdict::skipped)
                .containsExactly(
                        List.of("SQL against the database"),
                        List.of("Python files and functions"),
                        List.of());
    }

    @Test
    void what_the_database_cannot_judge_is_a_warning() {
        Verdict verdict = only(tool("t", "SELECT later", List.of()));

        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.warnings()).extracting(Problem::what).containsExactly("not judged");
    }

    /// The conditions of policies are judged elsewhere
    @Test
    void asks_others_about_policies() {
        var condition = Finding.error(Problem.of("no CEL", null));
        var validation =
                Validation.withoutEngine(
                        new FakeTemplates(), (p, a) -> Optional.empty(), _ -> List.of(condition));

        assertThat(
                        validation
                                .validate(new Catalog(List.of(python("p")), List.of()))
                                .getFirst()
                                .findings())
                .containsExactly(condition);
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
                        endpoints -> pythonProblems,
                        EndpointCheck.NONE)
                .validate(catalog);
    }

    private static SqlCheck.Answer sql(Endpoint endpoint, String text) {
        SequencedSet<String> names = new LinkedHashSet<>();
        Pattern.compile("\\$(\\w+)")
                .matcher(text)
                .results()
                .forEach(name -> names.add(name.group(1)));
        var refusal =
                text.contains("broken") && endpoint.parameters().isEmpty()
                        ? new SqlCheck.Refusal("Binder Error: no column broken", null)
                        : null;
        String undecided = text.contains("later") ? "not judged" : null;
        return new SqlCheck.Answer(refusal, undecided, names, List.of(), false);
    }

    /// Knows names in double braces and no other syntax.
    private static final class FakeTemplates implements TemplateCheck {
        @Override
        public Optional<Fault> fault(String template) {
            return template.contains("{{ broken")
                    ? Optional.of(new Fault("unexpected end", 1))
                    : Optional.empty();
        }

        @Override
        public List<Variable> undeclaredVariables(String template, Set<String> declared) {
            return Pattern.compile("\\{\\{ (\\w+) }}")
                    .matcher(template)
                    .results()
                    .map(name -> name.group(1))
                    .filter(name -> !declared.contains(name))
                    .sorted()
                    .map(name -> new Variable(name, 1))
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
                SourcePlace.of("tools/" + name + ".yml"),
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
