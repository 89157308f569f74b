package dev.mxcp.quality;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.UriTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Static validation (V1-V11, cli Q2): one pass over the endpoints of a project, which executes
/// nothing. What can be seen in a file alone was checked when it was loaded. Holds no state between
/// passes.
public final class Validation {
    private static final String PYTHON_SKIPPED = "Python files and functions";

    private final TemplateCheck templates;
    private final ExpectedValues values;
    private final @Nullable SqlCheck sql;
    private final @Nullable PythonCheck python;
    private final EndpointCheck policies;

    private Validation(
            TemplateCheck templates,
            ArgumentCheck arguments,
            @Nullable SqlCheck sql,
            @Nullable PythonCheck python,
            EndpointCheck policies) {
        this.templates = templates;
        this.values = new ExpectedValues(arguments);
        this.sql = sql;
        this.python = python;
        this.policies = policies;
    }

    /// All checks.
    ///
    /// @param policies judges the conditions of policies; their shape is checked in any case
    public static Validation full(
            TemplateCheck templates,
            ArgumentCheck arguments,
            SqlCheck sql,
            PythonCheck python,
            EndpointCheck policies) {
        return new Validation(templates, arguments, sql, python, policies);
    }

    /// The checks that need neither database nor Python, for a project whose engine cannot be
    /// opened. Verdicts say what was skipped.
    public static Validation withoutEngine(
            TemplateCheck templates, ArgumentCheck arguments, EndpointCheck policies) {
        return new Validation(templates, arguments, null, null, policies);
    }

    /// What was found at one endpoint so far.
    private record Looked(Endpoint endpoint, Findings findings, List<String> skipped) {}

    /// One verdict a file: first the endpoints in the order of the catalog, then the files that
    /// could not be loaded.
    public List<Verdict> validate(Catalog catalog) {
        return validate(catalog, catalog);
    }

    /// As [#validate(Catalog)], for a part of a project.
    ///
    /// @param whole the project, to which the part may refer
    public List<Verdict> validate(Catalog catalog, Catalog whole) {
        List<UriTemplate> resources =
                whole.endpoints().stream()
                        .<UriTemplate>mapMulti((endpoint, uris) -> {
                            if (endpoint instanceof Endpoint.Resource resource) {
                                uris.accept(resource.uri());
                            }
                        })
                        .toList();
        var messages = new PromptMessages(templates, resources);
        var uris = new ResourceUris();
        var all = new LinkedHashMap<String, Looked>();
        for (Endpoint endpoint : catalog.endpoints()) {
            var looked = new Looked(endpoint, new Findings(endpoint), new ArrayList<>());
            look(looked, messages, uris);
            all.put(endpoint.id(), looked);
        }
        askPython(all);
        var verdicts = new ArrayList<Verdict>();
        all.values()
                .forEach(looked ->
                        verdicts.add(
                                new Verdict(
                                        looked.endpoint().file().relativePath(),
                                        looked.endpoint(),
                                        looked.findings().list(),
                                        looked.skipped())));
        for (Catalog.BrokenFile file : catalog.broken()) {
            List<Finding> findings = file.problems().stream().map(Finding::error).toList();
            verdicts.add(new Verdict(file.relativePath(), null, findings, List.of()));
        }
        return verdicts;
    }

    private void look(Looked looked, PromptMessages messages, ResourceUris uris) {
        Endpoint endpoint = looked.endpoint();
        Findings findings = looked.findings();
        switch (endpoint) {
            case Endpoint.Prompt prompt when prompt.code() != null -> {}
            case Endpoint.Prompt prompt -> messages.check(prompt, findings);
            case Endpoint.Resource resource -> uris.check(resource, findings);
            case Endpoint.Tool _ -> {}
        }
        if (endpoint.code() instanceof Code.Sql code) {
            boolean parsedOnly =
                    sql == null || new SqlEndpoints(sql).check(endpoint, code, findings);
            if (parsedOnly) {
                looked.skipped().add(SqlEndpoints.SKIPPED);
            }
        }
        version(endpoint, findings);
        values.check(endpoint, findings);
        PolicyShapes.check(endpoint, findings);
        findings.addAll(policies.findings(endpoint));
    }

    /// D1.
    private static void version(Endpoint endpoint, Findings findings) {
        Object version = endpoint.file().document().getOrDefault("mxcp", 1L);
        boolean one =
                version instanceof Number number
                        ? number.longValue() == 1
                        : version instanceof String text && text.matches("1(\\..*)?");
        if (!one) {
            findings.add(
                    Finding.warning(
                            new Problem(
                                    "mxcp: version %s is not 1; the file is read as version 1"
                                            .formatted(version),
                                    endpoint.file().places().of("mxcp"),
                                    "mxcp",
                                    "write `mxcp: 1`")));
        }
    }

    private void askPython(Map<String, Looked> all) {
        var endpoints = new ArrayList<Endpoint>();
        for (Looked looked : all.values()) {
            if (looked.endpoint().code() instanceof Code.Python) {
                endpoints.add(looked.endpoint());
                if (python == null) {
                    looked.skipped().add(PYTHON_SKIPPED);
                }
            }
        }
        if (python != null && !endpoints.isEmpty()) {
            python.problems(endpoints).forEach((id, problem) -> add(all.get(id), problem));
        }
    }

    private static void add(@Nullable Looked looked, Problem problem) {
        if (looked != null) {
            looked.findings().add(Finding.error(problem));
        }
    }
}
