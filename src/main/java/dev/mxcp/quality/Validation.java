package dev.mxcp.quality;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.types.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Static validation (V1-V11, cli Q2): one pass over the endpoints of a project, which executes
/// nothing. Holds no state between passes.
public final class Validation {
    private static final String NOT_CHECKED = "not checked against the database: ";

    private final TemplateCheck templates;
    private final ArgumentCheck arguments;
    private final @Nullable SqlCheck sql;
    private final @Nullable PythonCheck python;
    private final @Nullable String whyNot;

    private Validation(
            TemplateCheck templates,
            ArgumentCheck arguments,
            @Nullable SqlCheck sql,
            @Nullable PythonCheck python,
            @Nullable String whyNot) {
        this.templates = templates;
        this.arguments = arguments;
        this.sql = sql;
        this.python = python;
        this.whyNot = whyNot;
    }

    /// All checks.
    public static Validation full(
            TemplateCheck templates, ArgumentCheck arguments, SqlCheck sql, PythonCheck python) {
        return new Validation(templates, arguments, sql, python, null);
    }

    /// The checks that need neither database nor Python, for a project whose engine cannot be
    /// opened.
    ///
    /// @param whyNot stands as a warning at every endpoint that was not checked fully
    public static Validation withoutEngine(
            TemplateCheck templates, ArgumentCheck arguments, String whyNot) {
        return new Validation(templates, arguments, null, null, whyNot);
    }

    /// One verdict a file: first the endpoints in the order of the catalog, then the files that
    /// could not be loaded.
    public List<Verdict> validate(Catalog catalog) {
        Map<String, Problem> found = new LinkedHashMap<>();
        Map<String, String> undecided = new LinkedHashMap<>();
        var pythonEndpoints = new ArrayList<Endpoint>();
        for (Endpoint endpoint : catalog.endpoints()) {
            Problem problem = firstProblem(endpoint, undecided);
            if (problem != null) {
                found.put(endpoint.id(), problem);
            } else if (endpoint.code() instanceof Code.Python) {
                pythonEndpoints.add(endpoint);
            }
        }
        if (python != null && !pythonEndpoints.isEmpty()) {
            Map<String, String> broken = python.problems(pythonEndpoints);
            for (Endpoint endpoint : pythonEndpoints) {
                String problem = broken.get(endpoint.id());
                if (problem != null) {
                    found.put(endpoint.id(), at(endpoint, problem, null));
                }
            }
        }
        var verdicts = new ArrayList<Verdict>();
        for (Endpoint endpoint : catalog.endpoints()) {
            Problem problem = found.get(endpoint.id());
            verdicts.add(
                    new Verdict(
                            endpoint.file().relativePath(),
                            endpoint,
                            problem == null ? List.of() : List.of(problem),
                            warnings(endpoint, undecided.get(endpoint.id()))));
        }
        for (Catalog.BrokenFile file : catalog.broken()) {
            verdicts.add(new Verdict(file.relativePath(), null, file.problems(), List.of()));
        }
        return verdicts;
    }

    private @Nullable Problem firstProblem(Endpoint endpoint, Map<String, String> undecided) {
        if (endpoint.id().isEmpty()) {
            return at(
                    endpoint,
                    "No valid endpoint type (tool/resource/prompt) found",
                    "give it a name");
        }
        return switch (endpoint) {
            case Endpoint.Prompt prompt when prompt.code() != null -> code(prompt, undecided);
            case Endpoint.Prompt prompt -> messages(prompt);
            case Endpoint.Resource resource -> {
                Problem unused = unusedParameters(resource);
                yield unused != null ? unused : code(resource, undecided);
            }
            case Endpoint.Tool tool -> code(tool, undecided);
        };
    }

    /// V4-V6
    private @Nullable Problem messages(Endpoint.Prompt prompt) {
        if (prompt.messages().isEmpty()) {
            return at(prompt, "No messages found in prompt definition", "add at least one message");
        }
        Set<String> declared =
                prompt.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        int index = 0;
        for (Endpoint.PromptMessage message : prompt.messages()) {
            index++;
            Optional<String> syntax = templates.syntaxProblem(message.template());
            if (syntax.isPresent()) {
                return at(prompt, "Message %d: %s".formatted(index, syntax.get()), null);
            }
            List<String> undeclared = templates.undeclaredVariables(message.template(), declared);
            if (!undeclared.isEmpty()) {
                return at(
                        prompt,
                        "Message %d uses undefined template variables: %s"
                                .formatted(index, String.join(", ", undeclared)),
                        "declare them under 'parameters'");
            }
        }
        return null;
    }

    /// V3
    private static @Nullable Problem unusedParameters(Endpoint.Resource resource) {
        List<String> unused =
                resource.parameters().stream()
                        .map(Parameter::name)
                        .filter(name -> !resource.uri().names().contains(name))
                        .toList();
        if (unused.isEmpty()) {
            return null;
        }
        return at(
                resource,
                "Resource parameter(s) [%s] are not used in uri '%s'. Every parameter of a resource comes from its URI."
                        .formatted(quoted(unused), resource.uri().text()),
                "write {%s} into the uri, or remove the parameter".formatted(unused.getFirst()));
    }

    /// V8-V10; what V7 asks of Python endpoints was checked when the file was loaded.
    private @Nullable Problem code(Endpoint endpoint, Map<String, String> undecided) {
        if (!(endpoint.code() instanceof Code.Sql(String text, _, var place))) {
            return null;
        }
        if (text.isBlank()) {
            return new Problem("No SQL query found", place, null, null);
        }
        if (sql == null) {
            return null;
        }
        SqlCheck.Finding finding = sql.check(text, endpoint.parameters());
        if (finding.warning() != null) {
            undecided.put(endpoint.id(), finding.warning());
        }
        if (finding.problem() != null) {
            return new Problem(
                    "Source code syntax validation failed: " + finding.problem(),
                    place,
                    null,
                    null);
        }
        String mismatch = mismatch(endpoint, finding.parameters());
        return mismatch == null ? null : new Problem(mismatch, place, null, null);
    }

    /// V10. A placeholder of a URI is a parameter even where it is not declared (E8.1), but nobody
    /// promised that the SQL reads it.
    private static @Nullable String mismatch(Endpoint endpoint, Set<String> inSql) {
        Set<String> extra =
                endpoint.parameters().stream()
                        .map(Parameter::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        var missing = new TreeSet<>(inSql);
        missing.removeAll(extra);
        extra.removeAll(inSql);
        if (endpoint instanceof Endpoint.Resource resource) {
            missing.removeAll(resource.uri().names());
        }
        if (missing.isEmpty() && extra.isEmpty()) {
            return null;
        }
        return "Parameter mismatch: missing=%s, extra=%s".formatted(set(missing), set(extra));
    }

    private List<String> warnings(Endpoint endpoint, @Nullable String undecided) {
        var warnings = new ArrayList<String>();
        if (undecided != null) {
            warnings.add(undecided);
        }
        Object version = endpoint.file().document().getOrDefault("mxcp", 1L);
        if (!isOne(version)) {
            warnings.add(
                    "mxcp: version %s is not 1; the file is read as version 1".formatted(version));
        }
        if (endpoint instanceof Endpoint.Resource resource) {
            List<String> declared = resource.parameters().stream().map(Parameter::name).toList();
            resource.uri().names().stream()
                    .filter(name -> !declared.contains(name))
                    .forEach(name ->
                            warnings.add(
                                    "placeholder {%s} of the uri is not declared; it is a required string"
                                            .formatted(name)));
        }
        for (Parameter parameter : endpoint.parameters()) {
            if (!parameter.required()) {
                arguments
                        .problem(List.of(parameter), Map.of())
                        .ifPresent(why -> warnings.add("default: " + why));
            }
        }
        for (var test : endpoint.file().tests()) {
            arguments
                    .problem(endpoint.parameters(), test.arguments())
                    .ifPresent(why -> warnings.add("test '%s': %s".formatted(test.name(), why)));
        }
        if (whyNot != null && endpoint.code() != null) {
            warnings.add(NOT_CHECKED + whyNot);
        }
        return warnings;
    }

    private static boolean isOne(@Nullable Object version) {
        return version instanceof Number number
                ? number.longValue() == 1
                : version instanceof String text && text.matches("1(\\..*)?");
    }

    private static Problem at(Endpoint endpoint, String what, @Nullable String fix) {
        return new Problem(what, endpoint.file().place(), null, fix);
    }

    private static String quoted(Iterable<String> names) {
        var text = new StringBuilder();
        for (String name : names) {
            text.append(text.isEmpty() ? "'" : ", '").append(name).append('\'');
        }
        return text.toString();
    }

    /// As the messages of existing projects' scripts have it: a Python set, sorted.
    private static String set(Set<String> names) {
        return names.isEmpty() ? "set()" : "{" + quoted(names) + "}";
    }
}
