package dev.mxcp.project;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The site file `mxcp-site.yml` (S3-S10) with all defaults. Immutable.
///
/// @param project the project's name
/// @param profile the default profile
/// @param secrets names of secrets the project declares to use (S6)
/// @param plain the file as user code sees it in `config.site_config` (R3.10.5, R3.10.6)
public record SiteConfig(
        String project,
        String profile,
        List<String> secrets,
        List<Plugin> plugins,
        List<Extension> extensions,
        Dbt dbt,
        SqlTools sqlTools,
        Paths paths,
        Python python,
        Limits limits,
        Reload reload,
        Map<String, @Nullable Object> plain) {
    public SiteConfig {
        secrets = List.copyOf(secrets);
        plugins = List.copyOf(plugins);
        extensions = List.copyOf(extensions);
    }

    SiteConfig withPlain(Map<String, @Nullable Object> shown) {
        return new SiteConfig(
                project,
                profile,
                secrets,
                plugins,
                extensions,
                dbt,
                sqlTools,
                paths,
                python,
                limits,
                reload,
                shown);
    }

    /// Names only: values may come from environment variables.
    @Override
    public String toString() {
        return "SiteConfig[project=" + project + ", profile=" + profile + "]";
    }

    /// A plugin instance (S5).
    public record Plugin(String name, String module, @Nullable String config) {}

    /// A DuckDB extension (S4); `repo` is `community` or `core_nightly`.
    public record Extension(String name, @Nullable String repo) {}

    /// dbt's folders (S10).
    public record Dbt(
            boolean enabled,
            List<String> modelPaths,
            List<String> analysisPaths,
            List<String> testPaths,
            List<String> seedPaths,
            List<String> macroPaths,
            List<String> snapshotPaths,
            String targetPath,
            List<String> cleanTargets) {}

    /// The built-in SQL tools (S7); descriptions are null where not written.
    public record SqlTools(
            boolean enabled,
            @Nullable String executeSqlQuery,
            @Nullable String listTables,
            @Nullable String getTableSchema) {}

    /// Absolute folders (P2).
    public record Paths(
            Path tools,
            Path resources,
            Path prompts,
            Path evals,
            Path python,
            Path plugins,
            Path sql,
            Path drift,
            Path audit,
            Path data) {}

    /// Our extension `python:`, for the workers.
    ///
    /// @param interpreter a path or command; null to search for one
    /// @param workers number of processes, at least 1
    /// @param exactDecimals `decimals: exact` gives user code `Decimal` instead of `float`
    public record Python(@Nullable String interpreter, int workers, boolean exactDecimals) {}

    /// Our extension `reload:`, for a server that reloads.
    ///
    /// @param waitLimit how long a call waits for a reload to end (R4.4)
    /// @param drainLimit how long a reload waits for running calls; then they are cancelled
    ///   (R4.3.3)
    /// @param backupBytes largest database file that is copied before a payload runs; 0 for none
    ///   (R4.5.2)
    /// @param payloadLimit how long a payload may take; null means no limit
    public record Reload(
            Duration waitLimit,
            Duration drainLimit,
            long backupBytes,
            @Nullable Duration payloadLimit) {}

    /// Our extension `limits:`, what one call may take.
    ///
    /// @param callTimeout null means no limit (R2.9.1)
    /// @param abandonedAfter how long a call goes on whose client is gone; null means for ever
    /// @param connections sessions on the database at once
    /// @param sessionConnections how many of them the calls of one MCP session may have
    /// @param connectionWait how long a call waits for one
    /// @param resultBytes largest result of one call
    /// @param requestBytes largest request body
    public record Limits(
            @Nullable Duration callTimeout,
            @Nullable Duration abandonedAfter,
            int connections,
            int sessionConnections,
            Duration connectionWait,
            long resultBytes,
            long requestBytes) {}
}
