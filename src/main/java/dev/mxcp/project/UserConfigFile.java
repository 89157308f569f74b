package dev.mxcp.project;

import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.secrets.OnePassword;
import dev.mxcp.project.secrets.Vault;
import dev.mxcp.project.yaml.ConfigNode;
import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.YamlReader;
import dev.mxcp.project.yaml.YamlValue;
import dev.mxcp.project.yaml.YamlValue.Entry;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The user configuration as a tree: found (U1, U2), completed for one project and profile (U5),
/// its references resolved as far as that profile needs them (R2).
///
/// @param file null when there is no file and built-in defaults are used
/// @param tree the whole file
record UserConfigFile(@Nullable Path file, Mapping tree) {

    /// Where the user configuration is.
    ///
    /// @param demanded whether it must exist, since a variable names it
    record Location(Path file, boolean demanded) {}

    /// `MXCP_CONFIG`, else its alias `MXCP_CONFIG_PATH` (C0.4), else `~/.mxcp/config.yml`. Empty
    /// variables count as unset. Relative paths begin at the working directory.
    static Location locate(Map<String, String> environment, Path workingDirectory, Path home) {
        for (String name : List.of("MXCP_CONFIG", "MXCP_CONFIG_PATH")) {
            String path = environment.getOrDefault(name, "");
            if (!path.isEmpty()) {
                Path file =
                        new Locations(home)
                                .resolve(workingDirectory, path)
                                .orElse(workingDirectory.resolve(name));
                return new Location(file, true);
            }
        }
        return new Location(home.resolve(".mxcp").resolve("config.yml"), false);
    }

    /// The problem with a location, if the file must exist and does not.
    static @Nullable Problem missing(Location location) {
        return location.demanded() && !Files.exists(location.file())
                ? Problem.of(
                        "MXCP user config not found at " + location.file(),
                        "create the file, or correct MXCP_CONFIG")
                : null;
    }

    /// Reads the file.
    ///
    /// @param shownAs its name in messages
    /// @return null when the file is missing though demanded, or is broken
    static @Nullable Mapping read(Location location, String shownAs, Problems problems) {
        Problem missing = missing(location);
        if (missing != null) {
            problems.add(missing);
            return null;
        }
        if (!Files.exists(location.file())) {
            return Mapping.empty(SourcePlace.of(shownAs));
        }
        return switch (new YamlReader().read(location.file(), shownAs, problems)) {
            case null -> null;
            case Mapping mapping -> mapping;
            case Scalar scalar when scalar.value() == null -> Mapping.empty(scalar.place());
            case YamlValue other -> {
                problems.add("MXCP user config must be a mapping", other.place(), null, null);
                yield null;
            }
        };
    }

    /// The names below `projects.{project}.profiles`.
    static List<String> profiles(Mapping tree, @Nullable String project) {
        return project != null
                        && tree.get("projects") instanceof Mapping projects
                        && projects.get(project) instanceof Mapping block
                        && block.get("profiles") instanceof Mapping profiles
                ? new ArrayList<>(profiles.entries().sequencedKeySet())
                : List.of();
    }

    /// The tree with an entry for the project and profile (U5).
    static Mapping complete(Mapping tree, String project, String profile) {
        return with(tree, List.of("projects", project, "profiles", profile));
    }

    /// The tree with references resolved: everywhere but in other projects and profiles (R2).
    static Mapping resolve(Mapping tree, String project, String profile, References references) {
        String path = "projects." + project + ".profiles.";
        Change ofProfile =
                (name, value) ->
                        name.equals(profile)
                                ? references.resolve(value, path + name)
                                : References.leave(value);
        Change ofProject =
                (_, value) ->
                        value instanceof Mapping profiles ? mapped(profiles, ofProfile) : value;
        Change ofProjects =
                (name, value) ->
                        name.equals(project) && value instanceof Mapping block
                                ? mapped(block, ofProject)
                                : left(value);
        return mapped(
                tree,
                (name, value) ->
                        switch (name) {
                            case "projects" ->
                                    value instanceof Mapping projects
                                            ? mapped(projects, ofProjects)
                                            : value;
                            // what resolves others cannot be resolved by them (R2.4)
                            case "vault", "onepassword" -> references.interpolate(value, name);
                            default -> references.resolve(value, name);
                        });
    }

    /// The tree with all references left alone, for a site file that names no project.
    static Mapping leave(Mapping tree) {
        return mapped(tree, (_, value) -> References.leave(value));
    }

    /// The stores of secrets that the file switches on (U11), with `${NAME}` in their blocks
    /// resolved first (R2.4).
    static References.Stores stores(Mapping tree, Map<String, String> environment) {
        ConfigNode vault = block(tree, "vault", environment);
        ConfigNode onePassword = block(tree, "onepassword", environment);
        return new References.Stores(
                vault.bool("enabled", false) ? vault(vault, environment) : null,
                onePassword.bool("enabled", false)
                        ? new OnePassword(
                                onePassword.string("token_env", "OP_SERVICE_ACCOUNT_TOKEN"),
                                environment)
                        : null);
    }

    private static Vault vault(ConfigNode block, Map<String, String> environment) {
        return new Vault(
                new Vault.Settings(
                        block.optionalString("address"),
                        block.string("token_env", "VAULT_TOKEN"),
                        block.string("mount", "secret"),
                        block.optionalString("namespace")),
                environment);
    }

    private static ConfigNode block(Mapping tree, String name, Map<String, String> environment) {
        var ignored = new Problems(); // reading the block itself reports them
        Mapping written =
                tree.get(name) instanceof Mapping mapping ? mapping : Mapping.empty(tree.place());
        YamlValue interpolated =
                new References(environment, Path.of(""), References.Stores.NONE, ignored)
                        .interpolate(written, name);
        return ConfigNode.secretRoot(
                interpolated instanceof Mapping mapping ? mapping : written, ignored);
    }

    /// A project that is written as null is empty (U5).
    private static YamlValue left(YamlValue project) {
        return project instanceof Scalar scalar && scalar.value() == null
                ? Mapping.empty(scalar.place())
                : References.leave(project);
    }

    /// Adds the mappings of a path that are absent or null. What is there and no mapping stays for
    /// its reader to reject.
    private static Mapping with(Mapping parent, List<String> keys) {
        YamlValue old = parent.get(keys.getFirst());
        List<String> below = keys.subList(1, keys.size());
        if (below.isEmpty() && old != null) {
            return parent; // a profile that is null is an error
        }
        Mapping child =
                switch (old) {
                    case Mapping mapping -> mapping;
                    case Scalar scalar when scalar.value() == null -> Mapping.empty(scalar.place());
                    case null -> Mapping.empty(parent.place());
                    default -> null;
                };
        if (child == null) {
            return parent;
        }
        return parent.with(keys.getFirst(), below.isEmpty() ? child : with(child, below));
    }

    private interface Change {
        YamlValue of(String key, YamlValue value);
    }

    private static Mapping mapped(Mapping mapping, Change change) {
        var entries = new LinkedHashMap<String, Entry>();
        mapping.entries()
                .forEach((key, entry) ->
                        entries.put(key, new Entry(entry.place(), change.of(key, entry.value()))));
        return new Mapping(entries, mapping.place());
    }
}
