package dev.mxcp.engine.duckdb;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.SiteConfig.Extension;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Loads the extensions of a project (Q8, R7.3): the network is only asked for what is not there.
final class Extensions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");
    private static final Set<String> REPOSITORIES = Set.of("core", "community", "core_nightly");

    private Extensions() {}

    /// Loads all, in order.
    ///
    /// @throws InvalidProject when one cannot be had
    static void load(Connection connection, List<Extension> extensions) {
        for (Extension extension : extensions) {
            if (!NAME.matcher(extension.name()).matches()) {
                throw failed(extension, "this is no name of an extension");
            }
            String repository = extension.repo();
            if (repository != null && !REPOSITORIES.contains(repository)) {
                throw failed(extension, "there is no repository '" + repository + "'");
            }
            load(connection, extension);
        }
    }

    private static void load(Connection connection, Extension extension) {
        String load = "LOAD " + extension.name();
        try {
            connection.execute(load);
            return;
        } catch (DuckDbException notThere) {
            // it may still be to be installed
        }
        String from = extension.repo() == null ? "" : " FROM " + extension.repo();
        try {
            connection.execute("INSTALL " + extension.name() + from);
            connection.execute(load);
        } catch (DuckDbException failure) {
            throw failed(extension, String.valueOf(failure.getMessage()));
        }
    }

    private static InvalidProject failed(Extension extension, String why) {
        return new InvalidProject(
                Problem.of(
                        "DuckDB extension '%s' cannot be loaded: %s"
                                .formatted(extension.name(), why),
                        "check the name under 'extensions' in mxcp-site.yml, or install the"
                                + " extension while there is a network"));
    }
}
