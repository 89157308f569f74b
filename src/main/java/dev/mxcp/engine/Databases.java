package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.project.ProfileSettings;
import dev.mxcp.project.Project;
import dev.mxcp.project.SiteConfig;

/// How a project's database is opened.
final class Databases {
    private Databases() {}

    static DuckDb.Config config(Project project, Installation installation) {
        SiteConfig site = project.site();
        ProfileSettings settings = project.settings();
        return new DuckDb.Config(
                settings.database(),
                settings.readOnly(),
                site.extensions(),
                project.user().secrets(),
                site.limits().connections(),
                site.limits().sessionConnections(),
                site.limits().connectionWait(),
                project.root(),
                installation.cache());
    }
}
