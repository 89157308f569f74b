package dev.mxcp.project;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.SiteConfigReader.ProfileBlock;
import dev.mxcp.project.yaml.Problems;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What holds for the effective profile: its block, then defaults, then environment variables (S11,
/// X4-X6).
final class EffectiveSettings {
    private static final Logger LOG = LoggerFactory.getLogger(EffectiveSettings.class);
    private static final String IN_MEMORY = ":memory:";

    private final Path root;
    private final String profile;
    private final SiteConfig.Paths paths;
    private final ProjectLoader.Options options;
    private final Problems problems;
    private final @Nullable Boolean auditSwitch;

    EffectiveSettings(
            Path root,
            String profile,
            SiteConfig.Paths paths,
            ProjectLoader.Options options,
            Problems problems) {
        this.root = root;
        this.profile = profile;
        this.paths = paths;
        this.options = options;
        this.problems = problems;
        this.auditSwitch =
                auditSwitch(options.environment().getOrDefault("MXCP_AUDIT_ENABLED", ""));
    }

    ProfileSettings of(ProfileBlock block) {
        return new ProfileSettings(
                database(block),
                options.readOnlyFlag()
                        || EnvironmentFlags.isTrue(options.environment(), "MXCP_READONLY")
                        || block.readOnly(),
                path(block.driftSnapshot(), "drift", driftDefault()),
                auditSwitch == null ? block.auditEnabled() : auditSwitch,
                path(block.auditLog(), "audit", auditDefault()),
                block.auditMaxBytes());
    }

    /// The site file as user code sees it (R3.10.6): as written, with the effective profile's name
    /// and the paths that are always there.
    SequencedMap<String, @Nullable Object> plain(
            Map<String, @Nullable Object> written, ProfileBlock block, ProfileSettings settings) {
        var duckdb = new LinkedHashMap<String, @Nullable Object>();
        if (databaseVariable() != null || block.database() == null) {
            duckdb.put("path", settings.database().toString());
        }
        var drift = new LinkedHashMap<String, @Nullable Object>();
        if (block.driftSnapshot() == null) {
            drift.put("path", settings.driftSnapshot().toString());
        }
        var audit = new LinkedHashMap<String, @Nullable Object>();
        if (block.auditLog() == null) {
            audit.put("path", settings.auditLog().toString());
        }
        if (auditSwitch != null) {
            audit.put("enabled", auditSwitch);
        }
        var computed = new LinkedHashMap<String, @Nullable Object>();
        computed.put("duckdb", duckdb);
        computed.put("drift", drift);
        computed.put("audit", audit);
        return overlaid(written, Map.of("profile", profile, "profiles", Map.of(profile, computed)));
    }

    /// `above` over `below`, maps merged key by key; the order is that of `below`.
    static SequencedMap<String, @Nullable Object> overlaid(
            Map<String, @Nullable Object> below, Map<String, ? extends @Nullable Object> above) {
        var merged = new LinkedHashMap<String, @Nullable Object>(below);
        above.forEach((key, value) ->
                merged.put(
                        key,
                        value instanceof Map<?, ?> map
                                ? overlaid(asMap(merged.get(key)), asMap(map))
                                : value));
        return Collections.unmodifiableSequencedMap(merged);
    }

    @SuppressWarnings("unchecked") // plain maps have text keys
    private static Map<String, @Nullable Object> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /// A relative `MXCP_DUCKDB_PATH` begins at the working directory, unlike paths in the file
    /// (P1.2).
    private Path database(ProfileBlock block) {
        String variable = databaseVariable();
        if (IN_MEMORY.equals(variable)
                || (variable == null && IN_MEMORY.equals(block.database()))) {
            return Path.of(IN_MEMORY);
        } else if (variable == null) {
            return path(block.database(), "duckdb", databaseDefault());
        } else if (variable.contains("${")) {
            problems.add(Problem.of("MXCP_DUCKDB_PATH contains '${'", "write the path itself"));
            return databaseDefault();
        }
        return new Locations(options.home())
                .resolve(options.workingDirectory(), variable)
                .orElseGet(() -> {
                    problems.add(Problem.of("MXCP_DUCKDB_PATH is not a valid path", null));
                    return databaseDefault();
                });
    }

    private Path databaseDefault() {
        return below(paths.data(), "db-" + profile + ".duckdb");
    }

    private Path driftDefault() {
        return below(paths.drift(), "drift-" + profile + ".json");
    }

    private Path auditDefault() {
        return below(paths.audit(), "logs-" + profile + ".jsonl");
    }

    private Path below(Path folder, String name) {
        return Locations.literal(folder, name).orElse(folder);
    }

    private Path path(@Nullable String written, String block, Path fallback) {
        if (written == null) {
            return fallback;
        }
        return new Locations(options.home())
                .resolve(root, written)
                .orElseGet(() -> {
                    problems.add(
                            "not a valid path",
                            SourcePlace.of(SiteFile.NAME),
                            "profiles." + profile + "." + block + ".path",
                            null);
                    return fallback;
                });
    }

    private @Nullable String databaseVariable() {
        String value = options.environment().get("MXCP_DUCKDB_PATH");
        return value == null || value.isEmpty() ? null : value;
    }

    /// Null when the variable says nothing.
    private static @Nullable Boolean auditSwitch(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            case "" -> null;
            default -> {
                LOG.warn("MXCP_AUDIT_ENABLED is neither true nor false and is ignored");
                yield null;
            }
        };
    }
}
