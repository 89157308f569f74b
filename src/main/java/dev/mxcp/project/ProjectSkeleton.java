package dev.mxcp.project;

import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A new project as `init` makes it (P7, C2): the site file, the folders, and with `bootstrap` a
/// first tool. Questions to the user and the database file are the command's business.
public final class ProjectSkeleton {
    private static final List<String> FOLDERS =
            List.of(
                    "tools",
                    "resources",
                    "prompts",
                    "evals",
                    "python",
                    "plugins",
                    "sql",
                    "drift",
                    "audit",
                    "data");
    private static final Set<String> YAML_WORDS =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");
    private static final String TOOL =
            """
            mxcp: 1
            tool:
              name: hello_world
              description: A simple hello world tool
              enabled: true
              parameters:
                - name: name
                  type: string
                  description: Name to greet
                  examples: ["World", "Alice", "Bob"]
              return:
                type: string
                description: Greeting message
              source:
                file: ../sql/hello-world.sql
            """;
    private static final String SQL = "SELECT 'Hello, ' || $name || '!' AS greeting\n";

    private final Path folder;
    private final String project;
    private final String profile;
    private final boolean bootstrap;
    private final boolean nameIsTaken;

    /// What to create.
    ///
    /// @param folder target; a relative one begins at the working directory
    /// @param project name; null for that of the folder
    /// @param profile of the command line; null for `MXCP_PROFILE` or `default`
    /// @param bootstrap whether to add the tool `hello_world`
    public record Request(
            Path folder,
            @Nullable String project,
            @Nullable String profile,
            boolean bootstrap,
            Path workingDirectory,
            Map<String, String> environment,
            Path home) {
        public Request {
            environment = Map.copyOf(environment);
        }

        /// Without the environment, which may hold secrets.
        @Override
        public String toString() {
            return "Request[folder=%s, project=%s, profile=%s, bootstrap=%s]"
                    .formatted(folder, project, profile, bootstrap);
        }
    }

    /// What was made.
    ///
    /// @param root the project's folder
    /// @param folders those that are new, relative to the root
    /// @param files those that are new, relative to the root
    /// @param kept files that were there before and were left as they were
    public record Created(Path root, List<String> folders, List<String> files, List<String> kept) {
        public Created {
            folders = List.copyOf(folders);
            files = List.copyOf(files);
            kept = List.copyOf(kept);
        }
    }

    private ProjectSkeleton(
            Path folder, String project, String profile, boolean bootstrap, boolean nameIsTaken) {
        this.folder = folder;
        this.project = project;
        this.profile = profile;
        this.bootstrap = bootstrap;
        this.nameIsTaken = nameIsTaken;
    }

    /// Checks what can be checked before anything is written.
    ///
    /// @throws MxcpException.InvalidProject when the target is a file, lies in a project, holds a
    ///   database already, or when `MXCP_CONFIG` names a missing file
    public static ProjectSkeleton plan(Request request) {
        Path folder = request.workingDirectory().resolve(request.folder());
        folder = folder.toAbsolutePath().normalize();
        String profile = first(request.profile(), request.environment().get("MXCP_PROFILE"));
        profile = profile == null ? "default" : profile;
        refuse(folder, profile);
        UserConfigFile.Location config =
                UserConfigFile.locate(
                        request.environment(),
                        request.workingDirectory().toAbsolutePath(),
                        request.home());
        Problem missing = UserConfigFile.missing(config);
        if (missing != null) {
            throw new MxcpException.InvalidProject(missing);
        }
        Path name = folder.getFileName();
        String project = first(request.project(), name == null ? "project" : name.toString());
        project = project == null ? "project" : project;
        return new ProjectSkeleton(
                folder, project, profile, request.bootstrap(), isKnown(config, project));
    }

    /// The absolute target folder.
    public Path folder() {
        return folder;
    }

    /// The name of the project to be.
    public String project() {
        return project;
    }

    /// The name of its profile.
    public String profile() {
        return profile;
    }

    /// Whether the user configuration knows a project of this name already, so that the user should
    /// be asked. A configuration that cannot be read knows none.
    public boolean nameIsTaken() {
        return nameIsTaken;
    }

    /// Creates folders and files. Files that are there already, other than the site file, are kept.
    ///
    /// @throws MxcpException.InvalidProject when something cannot be written
    public Created create() {
        var newFolders = new ArrayList<String>();
        var newFiles = new ArrayList<String>();
        var kept = new ArrayList<String>();
        try {
            Files.createDirectories(folder);
            add(SiteFile.NAME, site(), newFiles, kept);
            for (String name : FOLDERS) {
                if (!Files.isDirectory(folder.resolve(name))) {
                    Files.createDirectories(folder.resolve(name));
                    newFolders.add(name);
                }
            }
            if (bootstrap) {
                add("tools/hello-world.yml", TOOL, newFiles, kept);
                add("sql/hello-world.sql", SQL, newFiles, kept);
            }
        } catch (IOException failed) {
            throw new MxcpException.InvalidProject(
                    Problem.of(
                            "The project cannot be written to %s: %s".formatted(folder, failed),
                            "check that the folder may be written to"));
        }
        return new Created(folder, newFolders, newFiles, kept);
    }

    private String site() {
        return "mxcp: 1\nproject: %s\nprofile: %s\n".formatted(quoted(project), quoted(profile));
    }

    private void add(String name, String text, List<String> created, List<String> kept)
            throws IOException {
        try {
            Path file = folder.resolve(name);
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            created.add(name);
        } catch (FileAlreadyExistsException there) {
            kept.add(name);
        }
    }

    private static void refuse(Path target, String profile) {
        String why = null;
        if (Files.exists(target) && !Files.isDirectory(target)) {
            why = target + " is a file, not a folder";
        } else if (Files.exists(target.resolve("db-" + profile + ".duckdb"))) {
            why = "db-%s.duckdb already exists in %s".formatted(profile, target);
        }
        for (Path folder = target; folder != null; folder = folder.getParent()) {
            if (why == null && Files.exists(folder.resolve(SiteFile.NAME))) {
                why = "mxcp-site.yml already exists in " + folder;
            }
        }
        if (why != null) {
            throw new MxcpException.InvalidProject(Problem.of(why, "choose another folder"));
        }
    }

    private static boolean isKnown(UserConfigFile.Location config, String project) {
        Mapping tree = UserConfigFile.read(config, config.file().toString(), new Problems());
        return tree != null
                && tree.get("projects") instanceof Mapping projects
                && projects.get(project) != null;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one != null && !one.isEmpty()
                ? one
                : other == null || other.isEmpty() ? null : other;
    }

    /// A name as YAML text that is a string under every reading of it.
    private static String quoted(String name) {
        if (name.matches("[A-Za-z_][A-Za-z0-9_-]*")
                && !YAML_WORDS.contains(name.toLowerCase(Locale.ROOT))) {
            return name;
        }
        var quoted = new StringBuilder("\"");
        name.codePoints()
                .forEach(it -> {
                    if (it == '"' || it == '\\') {
                        quoted.append('\\').appendCodePoint(it);
                    } else if (it < ' ' || it == 0x7F) {
                        quoted.append("\\x%02x".formatted(it));
                    } else {
                        quoted.appendCodePoint(it);
                    }
                });
        return quoted.append('"').toString();
    }
}
