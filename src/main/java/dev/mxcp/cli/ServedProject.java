package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Project;
import dev.mxcp.project.SiteConfig;
import dev.mxcp.project.SqlTools;
import dev.mxcp.quality.Verdict;
import dev.mxcp.server.ProjectSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The project that `serve` serves: read at the start and at every reload with the same options.
/// What a reload does not change (R4.2), the profile and whether there are SQL tools, is as it was
/// at the start.
final class ServedProject implements ProjectSource {
    private final Workshop workshop;
    private final boolean readOnly;
    private @Nullable Boolean sqlTools;
    private @Nullable String profile;

    /// @param sqlTools of the command line; null if not given
    ServedProject(Workshop workshop, boolean readOnly, @Nullable Boolean sqlTools) {
        this.workshop = workshop;
        this.readOnly = readOnly;
        this.sqlTools = sqlTools;
    }

    /// Reads the project for the start.
    ///
    /// @throws dev.mxcp.problem.MxcpException.InvalidProject with every problem of the two files
    Project first() {
        Project project = withSqlTools(workshop.project(readOnly));
        sqlTools = project.site().sqlTools().enabled();
        profile = project.profile();
        return project;
    }

    /// All endpoints of a project, the built-in ones included.
    static Catalog catalog(Project project) {
        SiteConfig.SqlTools tools = project.site().sqlTools();
        Catalog catalog = CatalogLoader.load(project);
        return tools.enabled() ? SqlTools.addedTo(catalog, tools) : catalog;
    }

    @Override
    public Reading read() {
        Project project = withSqlTools(workshop.project(readOnly, profile));
        return new Reading(project, catalog(project));
    }

    @Override
    public Map<Endpoint, String> problems(Engine engine, List<Endpoint> endpoints) {
        Map<Endpoint, String> problems = new HashMap<>();
        for (Verdict verdict :
                workshop.validation(engine).validate(new Catalog(endpoints, List.of()))) {
            if (verdict.endpoint() != null && !verdict.ok()) {
                problems.put(verdict.endpoint(), verdict.message());
            }
        }
        return problems;
    }

    /// `--sql-tools` wins over the site file (V7).
    private Project withSqlTools(Project project) {
        if (sqlTools == null) {
            return project;
        }
        SiteConfig site = project.site();
        var tools = site.sqlTools();
        var overridden =
                new SiteConfig(
                        site.project(),
                        site.profile(),
                        site.secrets(),
                        site.plugins(),
                        site.extensions(),
                        site.dbt(),
                        new SiteConfig.SqlTools(
                                sqlTools,
                                tools.executeSqlQuery(),
                                tools.listTables(),
                                tools.getTableSchema()),
                        site.paths(),
                        site.python(),
                        site.limits(),
                        site.reload(),
                        new LinkedHashMap<>(site.plain()));
        return new Project(
                project.root(), project.profile(), overridden, project.user(), project.settings());
    }
}
