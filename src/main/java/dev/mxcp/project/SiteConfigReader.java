package dev.mxcp.project;

import dev.mxcp.project.yaml.ConfigItem;
import dev.mxcp.project.yaml.ConfigNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads `mxcp-site.yml` (S2-S10) with our extensions `python:`, `limits:` and `reload:`.
final class SiteConfigReader {
    private static final List<String> REPOSITORIES = List.of("community", "core_nightly");
    private static final long MIB = 1 << 20;
    private static final int MOST_CONNECTIONS = 10_000;

    /// Longer than clients wait, so that it ends only what nobody waits for any more.
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(10);

    private static final String USER_CONFIG =
            "this belongs into the user configuration (~/.mxcp/config.yml or MXCP_CONFIG)";
    private static final String IN_PROFILE = "write it below profiles.<name>";
    private static final Map<String, String> ELSEWHERE =
            Map.ofEntries(
                    Map.entry("duckdb", IN_PROFILE),
                    Map.entry("drift", IN_PROFILE),
                    Map.entry("audit", IN_PROFILE),
                    Map.entry("models", USER_CONFIG),
                    Map.entry("auth", USER_CONFIG),
                    Map.entry("transport", USER_CONFIG),
                    Map.entry("telemetry", USER_CONFIG),
                    Map.entry("logging", USER_CONFIG),
                    Map.entry("vault", USER_CONFIG),
                    Map.entry("onepassword", USER_CONFIG),
                    Map.entry("projects", USER_CONFIG),
                    Map.entry("endpoints", "write paths.tools, paths.resources or paths.prompts"));

    private final Path root;
    private final Locations locations;

    SiteConfigReader(Path root, Locations locations) {
        this.root = root;
        this.locations = locations;
    }

    /// A profile's block as written (S9); null where a key is absent or empty.
    record ProfileBlock(
            @Nullable String database,
            boolean readOnly,
            @Nullable String driftSnapshot,
            boolean auditEnabled,
            @Nullable String auditLog,
            long auditMaxBytes) {}

    /// The file with all defaults; its `plain` is the file as written.
    SiteConfig read(ConfigNode node) {
        ConfigVersion.check(node);
        var config =
                new SiteConfig(
                        node.string("project"),
                        node.string("profile"),
                        node.stringsOrOne("secrets", List.of()),
                        plugins(node),
                        extensions(node),
                        dbt(node.objectOrEmpty("dbt")),
                        sqlTools(node.objectOrEmpty("sql_tools")),
                        paths(node.objectOrEmpty("paths")),
                        python(node.objectOrEmpty("python")),
                        limits(node.objectOrEmpty("limits")),
                        reload(node.objectOrEmpty("reload")),
                        Map.of());
        node.value("profiles");
        node.rejectUnknownKeys(ELSEWHERE);
        return config;
    }

    /// Reads all profiles and gives the block of one; one without a block has the defaults.
    ProfileBlock readProfiles(ConfigNode node, String profile) {
        Map<String, ConfigNode> nodes = node.children("profiles");
        ProfileBlock chosen = null;
        for (Map.Entry<String, ConfigNode> entry : nodes.entrySet()) {
            ProfileBlock block = profile(entry.getValue());
            chosen = entry.getKey().equals(profile) ? block : chosen;
        }
        return chosen != null
                ? chosen
                : new ProfileBlock(
                        null, false, null, false, null, ProfileSettings.DEFAULT_AUDIT_MAX_BYTES);
    }

    private static ProfileBlock profile(ConfigNode node) {
        ConfigNode duckdb = node.object("duckdb");
        ConfigNode drift = node.object("drift");
        ConfigNode audit = node.object("audit");
        var block =
                new ProfileBlock(
                        written(duckdb, "path"),
                        duckdb.bool("readonly", false),
                        written(drift, "path"),
                        audit.bool("enabled", false),
                        written(audit, "path"),
                        audit.integer(
                                "max_file_size",
                                ProfileSettings.DEFAULT_AUDIT_MAX_BYTES,
                                1,
                                Long.MAX_VALUE));
        for (ConfigNode part : List.of(duckdb, drift, audit, node)) {
            part.rejectUnknownKeys(Map.of());
        }
        return block;
    }

    private static @Nullable String written(ConfigNode node, String key) {
        String path = node.optionalString(key);
        // such a file must never come to exist (S13); other profiles hold their references still
        if (path != null && path.contains("${") && !node.isUnresolved(key)) {
            node.reject(
                    key,
                    "the path contains '${'",
                    "write ${NAME} with letters, digits and underscores; there is no default"
                            + " syntax");
        }
        return path == null || path.isEmpty() ? null : path;
    }

    private static List<SiteConfig.Plugin> plugins(ConfigNode node) {
        Set<String> names = new HashSet<>();
        return node.objectsOrOne("plugin").stream()
                .map(plugin -> {
                    var read =
                            new SiteConfig.Plugin(
                                    plugin.string("name"),
                                    plugin.string("module"),
                                    plugin.optionalString("config"));
                    plugin.rejectUnknownKeys(Map.of());
                    if (!read.name().isEmpty() && !names.add(read.name())) {
                        plugin.reject(
                                "name",
                                "there are two plugins named '%s'".formatted(read.name()),
                                "give each instance a name of its own");
                    }
                    return read;
                })
                .toList();
    }

    private static List<SiteConfig.Extension> extensions(ConfigNode node) {
        List<SiteConfig.Extension> extensions =
                node.itemsOrOne("extensions").stream()
                        .map(SiteConfigReader::extension)
                        .flatMap(Optional::stream)
                        .toList();
        if (node.has("extensions")) {
            node.show("extensions", extensions.stream().map(SiteConfigReader::shown).toList());
        }
        return extensions;
    }

    private static Optional<SiteConfig.Extension> extension(ConfigItem item) {
        if (!item.isObject()) {
            return Optional.of(new SiteConfig.Extension(item.text("a string or a mapping"), null));
        }
        Function<ConfigNode, SiteConfig.Extension> read =
                node -> {
                    var extension =
                            new SiteConfig.Extension(
                                    node.string("name"), node.choice("repo", REPOSITORIES));
                    node.rejectUnknownKeys(Map.of());
                    return extension;
                };
        return item.object().map(read);
    }

    /// An extension without a repository is shown as text (S4).
    private static Object shown(SiteConfig.Extension extension) {
        return extension.repo() == null
                ? extension.name()
                : Map.of("name", extension.name(), "repo", extension.repo());
    }

    private static SiteConfig.Dbt dbt(ConfigNode node) {
        var dbt =
                new SiteConfig.Dbt(
                        node.bool("enabled", true),
                        node.stringsOrOne("model_paths", List.of("models")),
                        node.stringsOrOne("analysis_paths", List.of("analyses")),
                        node.stringsOrOne("test_paths", List.of("tests")),
                        node.stringsOrOne("seed_paths", List.of("seeds")),
                        node.stringsOrOne("macro_paths", List.of("macros")),
                        node.stringsOrOne("snapshot_paths", List.of("snapshots")),
                        node.string("target_path", "target"),
                        node.stringsOrOne("clean_targets", List.of("target", "dbt_packages")));
        node.rejectUnknownKeys(Map.of());
        return dbt;
    }

    private static SiteConfig.SqlTools sqlTools(ConfigNode node) {
        var tools =
                new SiteConfig.SqlTools(
                        node.bool("enabled", false),
                        description(node, "execute_sql_query"),
                        description(node, "list_tables"),
                        description(node, "get_table_schema"));
        node.rejectUnknownKeys(Map.of());
        return tools;
    }

    private static @Nullable String description(ConfigNode tools, String name) {
        ConfigNode tool = tools.objectOrEmpty(name);
        String description = tool.optionalString("description");
        if (description != null && description.isEmpty()) {
            tool.reject("description", "must have at least 1 character", "remove the key");
        }
        tool.rejectUnknownKeys(Map.of());
        return description;
    }

    private SiteConfig.Paths paths(ConfigNode node) {
        var paths =
                new SiteConfig.Paths(
                        folder(node, "tools"),
                        folder(node, "resources"),
                        folder(node, "prompts"),
                        folder(node, "evals"),
                        folder(node, "python"),
                        folder(node, "plugins"),
                        folder(node, "sql"),
                        folder(node, "drift"),
                        folder(node, "audit"),
                        folder(node, "data"));
        node.rejectUnknownKeys(Map.of());
        return paths;
    }

    private Path folder(ConfigNode node, String key) {
        String written = node.string(key, key);
        return locations
                .resolve(root, written)
                .orElseGet(() -> {
                    node.reject(key, "not a valid path", null);
                    return root.resolve(key);
                });
    }

    /// Our extension: `interpreter` (path or command of the Python to run user code with; a
    /// relative path with a slash begins at the project root), `workers` (number of Python
    /// processes, default 1), `decimals` (`float`, the default, or `exact`: what user code receives
    /// for DECIMAL).
    private SiteConfig.Python python(ConfigNode node) {
        String interpreter = node.optionalString("interpreter");
        if (interpreter != null && interpreter.contains("/")) {
            interpreter =
                    locations.resolve(root, interpreter).map(Path::toString).orElse(interpreter);
        }
        String decimals = node.choice("decimals", List.of("float", "exact"));
        var python =
                new SiteConfig.Python(
                        interpreter == null || interpreter.isEmpty() ? null : interpreter,
                        (int) node.integer("workers", 1, 1, 256),
                        "exact".equals(decimals));
        node.rejectUnknownKeys(Map.of());
        return python;
    }

    /// Our extension: what one call may take. `call_timeout` (default 10m, or `none`),
    /// `abandoned_after` (how long a call goes on without its client, default 1m, or `none`),
    /// `connections` (database sessions at once, default 32), `session_connections` (how many of
    /// them one MCP session may have, default three quarters), `connection_wait` (how long a call
    /// waits for one, default 30s), `result_size` (default 64 MiB), `request_size` (default 4 MiB).
    private static SiteConfig.Limits limits(ConfigNode node) {
        Duration timeout = node.durationOrNone("call_timeout", CALL_TIMEOUT);
        if (timeout != null && timeout.isZero()) {
            node.reject("call_timeout", "must be more than 0", "write none for no limit");
        }
        int connections = (int) node.integer("connections", 32, 1, MOST_CONNECTIONS);
        int share = Math.max(1, connections * 3 / 4);
        var limits =
                new SiteConfig.Limits(
                        timeout,
                        node.durationOrNone("abandoned_after", Duration.ofMinutes(1)),
                        connections,
                        (int) node.integer("session_connections", share, 1, MOST_CONNECTIONS),
                        node.duration("connection_wait", Duration.ofSeconds(30)),
                        atLeastOne(node, "result_size", 64 * MIB),
                        atLeastOne(node, "request_size", 4 * MIB));
        node.rejectUnknownKeys(Map.of());
        return limits;
    }

    /// Our extension: `wait_limit` (how long a call waits for a reload, default 30s), `drain_limit`
    /// (how long a reload waits for running calls, default 90s), `backup_limit` (largest database
    /// file that is copied before a payload, default 1GiB, 0 for none), `payload_limit` (none by
    /// default).
    private static SiteConfig.Reload reload(ConfigNode node) {
        var reload =
                new SiteConfig.Reload(
                        node.duration("wait_limit", Duration.ofSeconds(30)),
                        node.duration("drain_limit", Duration.ofSeconds(90)),
                        node.bytes("backup_limit", 1024 * MIB),
                        node.optionalDuration("payload_limit"));
        node.rejectUnknownKeys(Map.of());
        return reload;
    }

    private static long atLeastOne(ConfigNode node, String key, long fallback) {
        long bytes = node.bytes(key, fallback);
        if (bytes < 1) {
            node.reject(key, "must be more than 0", null);
        }
        return bytes;
    }
}
