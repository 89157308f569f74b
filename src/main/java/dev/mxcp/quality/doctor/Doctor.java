package dev.mxcp.quality.doctor;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// All checks, each of which goes on whatever another has found.
public final class Doctor {
    private final Machine machine;
    private final Map<String, String> environment;

    /// @param productVersion version of this program
    /// @param properties system properties
    /// @param environment variables of the user's shell
    public Doctor(
            String productVersion,
            Map<String, String> properties,
            Map<String, String> environment) {
        this.machine = new Machine(productVersion, properties, environment);
        this.environment = environment;
    }

    /// Looks at everything.
    ///
    /// @param loading loads the project; a failure is a finding
    public List<Finding> examine(Supplier<Project> loading) {
        var findings = new ArrayList<>(machine.examine());
        Project project;
        try {
            project = loading.get();
        } catch (InvalidProject broken) {
            for (Problem problem : broken.problems()) {
                String where = problem.where() == null ? "" : problem.where().text() + ": ";
                findings.add(
                        Finding.error("configuration", where + problem.message(), problem.fix()));
            }
            return findings;
        }
        Catalog catalog = CatalogLoader.load(project);
        findings.addAll(new Configuration(project, catalog, environment).examine());
        findings.addAll(new Running(project, catalog, environment).examine());
        return findings;
    }
}
