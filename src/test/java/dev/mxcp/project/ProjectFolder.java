package dev.mxcp.project;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A project in a temporary folder, with the environment it is loaded in.
final class ProjectFolder {
    final Path root;
    final Path home;
    final Map<String, String> environment = new HashMap<>();
    @Nullable String profile;
    boolean readOnlyFlag;

    /// A project `shop` with the profile `dev`.
    ProjectFolder(Path folder) {
        root = folder.resolve("shop");
        home = folder.resolve("home");
        site("");
    }

    /// Writes the site file.
    ProjectFolder site(String more) {
        return write("mxcp-site.yml", "mxcp: 1\nproject: shop\nprofile: dev\n" + more);
    }

    /// Writes the user configuration below the home folder.
    ProjectFolder user(String text) {
        return write("../home/.mxcp/config.yml", text);
    }

    ProjectFolder write(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    ProjectLoader.Options options() {
        return new ProjectLoader.Options(root, null, profile, readOnlyFlag, environment, home);
    }

    Project load() {
        return ProjectLoader.load(options());
    }

    Catalog catalog() {
        return CatalogLoader.load(load());
    }

    /// The texts of all problems that loading the configuration ends with.
    List<String> problems() {
        return catchThrowableOfType(MxcpException.InvalidProject.class, this::load)
                .problems()
                .stream()
                .map(Problem::text)
                .toList();
    }

    /// The texts of all problems of broken endpoint files.
    List<String> endpointProblems() {
        return catalog().broken().stream()
                .flatMap(file -> file.problems().stream())
                .map(Problem::text)
                .toList();
    }
}
