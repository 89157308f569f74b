package dev.mxcp.quality.lint;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointKind;
import dev.mxcp.project.Project;
import dev.mxcp.project.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks at all endpoints that load; broken files are for `validate`.
public final class Lint {
    /// What the tools of a project may take of a model's attention, in tokens.
    static final int LARGEST_PROJECT = 20_000;

    static final String SITE_FILE = "mxcp-site.yml";

    private final Project project;
    private final Catalog catalog;
    private final YamlReader yaml = new YamlReader();
    private final Set<Rule> silencedEverywhere = new HashSet<>();

    private Lint(Project project, Catalog catalog) {
        this.project = project;
        this.catalog = catalog;
    }

    /// All advice, file by file in the order of the catalog, that for the project as a whole last.
    public static List<Finding> of(Project project, Catalog catalog) {
        return new Lint(project, catalog).findings();
    }

    private List<Finding> findings() {
        Map<String, List<Endpoint>> alike = alike();
        var findings = new ArrayList<Finding>();
        for (Endpoint endpoint : catalog.endpoints()) {
            Places places = Places.of(yaml, endpoint.file());
            Silence silence = Silence.of(endpoint.file(), places);
            List<Endpoint> others =
                    alike.getOrDefault(key(endpoint), List.of()).stream()
                            .filter(other -> !other.id().equals(endpoint.id()))
                            .toList();
            boolean plugins = !project.site().plugins().isEmpty();
            for (Finding finding : new EndpointLint(endpoint, places, others, plugins).findings()) {
                if (!silence.covers(finding)) {
                    findings.add(finding);
                }
            }
            findings.addAll(silence.unused());
        }
        size(findings);
        return withoutSilenced(findings);
    }

    private void size(List<Finding> findings) {
        int tokens = TokenEstimate.ofTools(catalog);
        if (tokens > LARGEST_PROJECT) {
            findings.add(
                    new Finding(
                            Rule.LARGE_PROJECT,
                            "project",
                            "All tools together are about %d tokens, more than %d"
                                    .formatted(tokens, LARGEST_PROJECT),
                            Rule.LARGE_PROJECT.remedy(),
                            SourcePlace.of(SITE_FILE),
                            null));
        }
    }

    /// `lint.ignore` of the site file.
    private List<Finding> withoutSilenced(List<Finding> findings) {
        List<String> codes = Silence.codes(project.site().plain());
        var unused = new ArrayList<Finding>();
        for (String code : codes) {
            Rule.of(code)
                    .filter(rule -> findings.stream().anyMatch(one -> one.rule() == rule))
                    .ifPresentOrElse(
                            silencedEverywhere::add,
                            () ->
                                    unused.add(
                                            Silence.unused(
                                                    code,
                                                    "lint.ignore",
                                                    SourcePlace.of(SITE_FILE))));
        }
        var left = new ArrayList<>(findings);
        left.addAll(unused);
        left.removeIf(finding -> silencedEverywhere.contains(finding.rule()));
        return left;
    }

    /// Endpoints of one kind by what they say of themselves.
    private Map<String, List<Endpoint>> alike() {
        var alike = new LinkedHashMap<String, List<Endpoint>>();
        for (Endpoint endpoint : catalog.endpoints()) {
            String description = endpoint.description();
            if (description != null && !description.isBlank()) {
                alike.computeIfAbsent(key(endpoint), _ -> new ArrayList<>()).add(endpoint);
            }
        }
        return alike;
    }

    private static String key(Endpoint endpoint) {
        EndpointKind kind = endpoint.kind();
        String description = endpoint.description();
        return kind + " " + (description == null ? "" : Words.folded(description));
    }
}
