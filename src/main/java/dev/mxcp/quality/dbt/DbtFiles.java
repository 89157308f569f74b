package dev.mxcp.quality.dbt;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Project;
import dev.mxcp.project.SiteConfig;
import dev.mxcp.quality.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/// dbt's two configuration files for one profile of a project (cli B1): what they say already, with
/// what this project needs merged in. Nothing is written before [#write()].
public final class DbtFiles {
    private final Path profilesFile;
    private final Path projectFile;
    private final Map<String, @Nullable Object> profiles;
    private final Map<String, @Nullable Object> project;
    private final String profileName;
    private final boolean replaces;

    private DbtFiles(
            Path profilesFile,
            Path projectFile,
            Map<String, @Nullable Object> profiles,
            Map<String, @Nullable Object> project,
            String profileName,
            boolean replaces) {
        this.profilesFile = profilesFile;
        this.projectFile = projectFile;
        this.profiles = profiles;
        this.project = project;
        this.profileName = profileName;
        this.replaces = replaces;
    }

    /// Reads both files, if they are there, and merges the project in.
    ///
    /// @param home the folder with `.dbt`
    /// @param embedSecrets whether the values of secrets are written instead of references to
    ///   environment variables
    /// @throws InvalidProject when a file is there and is no YAML mapping
    public static DbtFiles of(Project project, Path home, boolean embedSecrets) {
        Path profilesFile = home.resolve(".dbt").resolve("profiles.yml");
        Path projectFile = project.root().resolve("dbt_project.yml");
        String name = sanitised(project.site().project()) + "_" + sanitised(project.profile());
        Map<String, @Nullable Object> profiles = read(profilesFile);
        boolean replaces = profiles.get(name) != null;
        Map<String, @Nullable Object> ofProject = members(profiles.get(name));
        mergeProfile(ofProject, project, embedSecrets);
        profiles.put(name, ofProject);
        Map<String, @Nullable Object> settings = read(projectFile);
        mergeProject(settings, project.site(), name);
        return new DbtFiles(profilesFile, projectFile, profiles, settings, name, replaces);
    }

    /// `~/.dbt/profiles.yml`
    public Path profilesFile() {
        return profilesFile;
    }

    /// `dbt_project.yml` in the project's folder.
    public Path projectFile() {
        return projectFile;
    }

    /// What dbt calls the profile.
    public String profileName() {
        return profileName;
    }

    /// Whether dbt's configuration has a profile of this name already.
    public boolean replacesProfile() {
        return replaces;
    }

    /// The text of [#profilesFile()].
    public String profilesText() {
        return yaml().dump(profiles);
    }

    /// The text of [#projectFile()].
    public String projectText() {
        return yaml().dump(project);
    }

    /// Writes both files, each as a whole or not at all.
    public void write() {
        WholeFile.writePrivate(profilesFile, profilesText());
        WholeFile.write(projectFile, projectText());
    }

    private static void mergeProfile(
            Map<String, @Nullable Object> profile, Project project, boolean embedSecrets) {
        String target = sanitised(project.profile());
        Map<String, @Nullable Object> outputs = members(profile.get("outputs"));
        Map<String, @Nullable Object> output = members(outputs.get(target));
        output.put("type", "duckdb");
        output.put("path", project.settings().database().toString());
        output.put("extensions", new ArrayList<>(List.of("httpfs")));
        var secrets = DbtSecrets.entries(project.user().secrets(), embedSecrets);
        if (secrets.isEmpty()) {
            output.remove("secrets");
        } else {
            output.put("secrets", secrets.stream().map(TreeMap::new).toList());
        }
        outputs.put(target, output);
        profile.put("target", target);
        profile.put("outputs", outputs);
    }

    private static void mergeProject(
            Map<String, @Nullable Object> settings, SiteConfig site, String profileName) {
        SiteConfig.Dbt dbt = site.dbt();
        settings.put("name", sanitised(site.project()));
        settings.put("profile", profileName);
        settings.put("config-version", 2);
        settings.put("model-paths", dbt.modelPaths());
        settings.put("analysis-paths", dbt.analysisPaths());
        settings.put("test-paths", dbt.testPaths());
        settings.put("seed-paths", dbt.seedPaths());
        settings.put("macro-paths", dbt.macroPaths());
        settings.put("snapshot-paths", dbt.snapshotPaths());
        settings.put("target-path", dbt.targetPath());
        settings.put("clean-targets", dbt.cleanTargets());
    }

    /// What dbt takes for a name.
    private static String sanitised(String name) {
        return name.replace('-', '_');
    }

    private static Map<String, @Nullable Object> read(Path file) {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        Object document;
        try {
            document = yaml().load(Files.readString(file));
        } catch (YAMLException malformed) {
            throw refused(file, "is no YAML", malformed);
        } catch (IOException unreadable) {
            throw refused(file, "cannot be read", unreadable);
        }
        if (document != null && !(document instanceof Map<?, ?>)) {
            throw new InvalidProject(
                    Problem.of(file + " is no mapping", "correct it, or move it away"));
        }
        return members(document);
    }

    private static InvalidProject refused(Path file, String what, Exception why) {
        return new InvalidProject(
                Problem.of(
                        "%s %s: %s".formatted(file, what, why.getMessage()),
                        "correct it, or move it away"));
    }

    /// A mapping's own copy in the order of keys; an empty one for what is none.
    private static Map<String, @Nullable Object> members(@Nullable Object value) {
        var members = new TreeMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) ->
                    members.put(
                            String.valueOf(name),
                            member instanceof Map<?, ?> ? members(member) : member));
        }
        return members;
    }

    private static Yaml yaml() {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(
                new SafeConstructor(new LoaderOptions()), new Representer(options), options);
    }
}
