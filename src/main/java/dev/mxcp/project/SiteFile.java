package dev.mxcp.project;

import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.YamlReader;
import dev.mxcp.project.yaml.YamlValue;
import dev.mxcp.project.yaml.YamlValue.Entry;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The site file as a tree, with `${NAME}` replaced where that matters for the effective profile
/// (S13): everywhere but in the blocks of other profiles, which cannot fail.
///
/// @param tree the whole file
/// @param profile the effective profile (X2); null when there is none, since the file is broken
record SiteFile(Mapping tree, @Nullable String profile) {
    static final String NAME = "mxcp-site.yml";

    /// Reads the file.
    ///
    /// @param chosenProfile of flag or environment; null for that of the file
    /// @return null when the file cannot be read
    static @Nullable SiteFile read(
            Path root, @Nullable String chosenProfile, References references, Problems problems) {
        Mapping tree =
                switch (new YamlReader().read(root.resolve(NAME), NAME, problems)) {
                    case null -> null;
                    case Mapping mapping -> mapping;
                    // an empty file is an empty mapping, which then lacks the required keys (S1)
                    case Scalar scalar when scalar.value() == null -> Mapping.empty(scalar.place());
                    case YamlValue other -> {
                        problems.add(
                                "the site file must be a mapping, not " + other.kind(),
                                other.place(),
                                null,
                                "begin it with `mxcp: 1`");
                        yield null;
                    }
                };
        if (tree == null) {
            return null;
        }
        Mapping general = interpolated(tree, references);
        String profile = chosenProfile == null ? named(general, "profile") : chosenProfile;
        return new SiteFile(ofProfile(general, profile, references), profile);
    }

    /// The text of a root key; null when it is no string or empty.
    static @Nullable String named(Mapping tree, String key) {
        return tree.get(key) instanceof Scalar scalar
                        && scalar.value() instanceof String text
                        && !text.isEmpty()
                ? text
                : null;
    }

    /// The names below `profiles`.
    List<String> profiles() {
        return tree.get("profiles") instanceof Mapping profiles
                ? new ArrayList<>(profiles.entries().sequencedKeySet())
                : List.of();
    }

    private static Mapping interpolated(Mapping tree, References references) {
        var entries = new LinkedHashMap<String, Entry>();
        tree.entries()
                .forEach((key, entry) ->
                        entries.put(
                                key,
                                key.equals("profiles")
                                        ? entry
                                        : new Entry(
                                                entry.place(),
                                                references.interpolate(entry.value(), key))));
        return new Mapping(entries, tree.place());
    }

    private static Mapping ofProfile(
            Mapping tree, @Nullable String profile, References references) {
        if (!(tree.get("profiles") instanceof Mapping profiles)) {
            return tree;
        }
        var entries = new LinkedHashMap<String, Entry>();
        profiles.entries()
                .forEach((name, entry) ->
                        entries.put(
                                name,
                                new Entry(
                                        entry.place(),
                                        name.equals(profile)
                                                ? references.interpolate(
                                                        entry.value(), "profiles." + name)
                                                : References.leave(entry.value()))));
        return tree.with("profiles", new Mapping(entries, profiles.place()));
    }
}
