package dev.mxcp.project;

import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.SiteConfigReader.ProfileBlock;
import dev.mxcp.project.yaml.ConfigNode;
import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.Suggestions;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds a project and reads its configuration for one profile. Everything that is wrong with both
/// files is reported together.
public final class ProjectLoader {
    private final Options options;
    private final Path root;
    private final Locations locations;
    private final Problems siteProblems = new Problems();
    private final Problems userProblems = new Problems();

    /// From where and how a project is loaded.
    ///
    /// @param workingDirectory where the search for the root begins, and relative `MXCP_CONFIG`,
    ///   `MXCP_DUCKDB_PATH` and `file://` paths (P1.2)
    /// @param projectDir where to search instead of the working directory; null if not given
    /// @param profile of the command line; null or empty if not given
    /// @param readOnlyFlag whether the command line asks for a read-only database
    /// @param home what a leading `~/` stands for, and where `.mxcp/config.yml` is
    public record Options(
            Path workingDirectory,
            @Nullable Path projectDir,
            @Nullable String profile,
            boolean readOnlyFlag,
            Map<String, String> environment,
            Path home) {
        public Options {
            workingDirectory = workingDirectory.toAbsolutePath().normalize();
            environment = Map.copyOf(environment);
        }

        /// Without the environment, which may hold secrets.
        @Override
        public String toString() {
            return "Options[workingDirectory=%s, projectDir=%s, profile=%s, readOnlyFlag=%s]"
                    .formatted(workingDirectory, projectDir, profile, readOnlyFlag);
        }
    }

    private ProjectLoader(Options options, Path root) {
        this.options = options;
        this.root = root;
        this.locations = new Locations(options.home());
    }

    /// Finds the root (P1), reads the site file (S) and the user configuration (U, R), and applies
    /// defaults and environment variables for the effective profile (S11, X1-X6).
    ///
    /// @throws MxcpException.InvalidProject with all problems of both files
    public static Project load(Options options) {
        return new ProjectLoader(options, root(options)).load();
    }

    /// The root of the project: the nearest folder with `mxcp-site.yml`, from the project folder of
    /// the options or else the working directory upwards.
    ///
    /// @throws MxcpException.InvalidProject when there is none
    public static Path root(Options options) {
        Path projectDir = options.projectDir();
        Path start =
                projectDir == null
                        ? options.workingDirectory()
                        : options.workingDirectory().resolve(projectDir);
        for (Path folder = start.normalize(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(SiteFile.NAME))) {
                return folder;
            }
        }
        String what =
                projectDir == null
                        ? "mxcp-site.yml not found in current directory or any parent directory"
                        : "mxcp-site.yml not found in " + start + " or any parent directory";
        throw new MxcpException.InvalidProject(
                Problem.of(what, "go to a project's folder, or create one with `mxcp init`"));
    }

    private Project load() {
        SiteFile site =
                SiteFile.read(root, chosenProfile(), references(siteProblems), siteProblems);
        String project = site == null ? null : SiteFile.named(site.tree(), "project");
        String profile = site == null || site.profile() == null ? "" : site.profile();
        Configured configured = site == null ? null : configured(site, profile);
        UserConfig user = user(site, project, profile);
        var problems = new Problems();
        problems.addAll(siteProblems.inFileOrder());
        problems.addAll(userProblems.inFileOrder());
        problems.throwIfAny();
        if (configured == null || user == null) {
            throw new IllegalStateException("a file was refused without a problem");
        }
        return new Project(root, profile, configured.site(), user, configured.settings());
    }

    private record Configured(SiteConfig site, ProfileSettings settings) {}

    private Configured configured(SiteFile site, String profile) {
        ConfigNode node = ConfigNode.root(site.tree(), siteProblems);
        var reader = new SiteConfigReader(root, locations);
        SiteConfig config = reader.read(node);
        ProfileBlock block = reader.readProfiles(node, profile);
        var settings = new EffectiveSettings(root, profile, config.paths(), options, siteProblems);
        ProfileSettings applied = settings.of(block);
        return new Configured(
                config.withPlain(settings.plain(node.plain(), block, applied)), applied);
    }

    /// Flag, else variable (X2); null when neither says anything.
    private @Nullable String chosenProfile() {
        String flag = options.profile();
        String chosen =
                flag == null || flag.isEmpty() ? options.environment().get("MXCP_PROFILE") : flag;
        return chosen == null || chosen.isEmpty() ? null : chosen;
    }

    private References references(Problems problems) {
        return new References(
                options.environment(),
                options.workingDirectory(),
                References.Stores.NONE,
                problems);
    }

    private @Nullable UserConfig user(
            @Nullable SiteFile site, @Nullable String project, String profile) {
        UserConfigFile.Location location =
                UserConfigFile.locate(
                        options.environment(), options.workingDirectory(), options.home());
        String shownAs = Locations.shown(root, location.file());
        Mapping tree = UserConfigFile.read(location, shownAs, userProblems);
        if (tree == null) {
            return null;
        }
        if (site != null && project != null) {
            checkProfile(site, tree, project, profile);
            tree = resolved(UserConfigFile.complete(tree, project, profile), project, profile);
        } else {
            tree = UserConfigFile.leave(tree);
        }
        Path file = Files.exists(location.file()) ? location.file() : null;
        return new UserConfigReader(root, locations)
                .read(ConfigNode.secretRoot(tree, userProblems), file, project, profile);
    }

    private Mapping resolved(Mapping tree, String project, String profile) {
        Map<String, String> environment = options.environment();
        var references =
                new References(
                        environment,
                        options.workingDirectory(),
                        UserConfigFile.stores(tree, environment),
                        userProblems);
        return UserConfigFile.resolve(tree, project, profile, references);
    }

    /// C0.3: a profile must be known to one of the two files.
    private void checkProfile(SiteFile site, Mapping userTree, String project, String profile) {
        Set<String> known = new LinkedHashSet<>(site.profiles());
        known.addAll(UserConfigFile.profiles(userTree, project));
        String own = SiteFile.named(site.tree(), "profile");
        if (own != null) {
            known.add(own);
        }
        if (profile.isEmpty() || known.contains(profile)) {
            return;
        }
        List<String> names = new ArrayList<>(known);
        String all = names.isEmpty() ? "" : "known profiles: " + String.join(", ", names);
        String guess =
                Suggestions.nearest(profile, names)
                        .map(name -> "did you mean '" + name + "'? ")
                        .orElse("");
        siteProblems.add(
                Problem.of(
                        "Profile '%s' not found in project '%s'".formatted(profile, project),
                        guess + all));
    }
}
