package dev.mxcp.engine;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the parts of this program that are no classes lie.
///
/// @param python the folder that holds the shipped package `mxcp`
/// @param cache a folder of the user for what is made once and used by every start
public record Installation(Path python, Path cache) {

    /// Finds the parts beside the program's own code: `lib/python` of a distribution,
    /// `src/main/python` of a checkout.
    ///
    /// @throws IllegalStateException when the distribution is incomplete
    public static Installation locate() {
        Path code = codeLocation();
        Path parent = code.getParent();
        Path shipped =
                Files.isDirectory(code) && parent != null && parent.getParent() != null
                        ? parent.getParent().resolve("src/main/python")
                        : code.resolveSibling("python");
        if (!Files.isDirectory(shipped.resolve("mxcp"))) {
            throw new IllegalStateException(
                    "the Python package of this installation is missing: " + shipped);
        }
        return new Installation(shipped, cacheFolder());
    }

    private static Path codeLocation() {
        try {
            var source = Installation.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path cacheFolder() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base =
                configured == null || configured.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(configured);
        return base.resolve("mxcp");
    }
}
