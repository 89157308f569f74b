package dev.mxcp.project;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Turns paths as written in configuration into absolute ones (P1.2, P1.3).
///
/// @param home what a leading `~/` stands for
record Locations(Path home) {

    /// The absolute path of a written one.
    ///
    /// @param base where a relative path begins
    /// @return empty when the text is no path on this system
    Optional<Path> resolve(Path base, String written) {
        if (written.equals("~") || written.startsWith("~/")) {
            return literal(home, written.substring(Math.min(2, written.length())));
        }
        return literal(base, written);
    }

    /// As [#resolve], but `~` has no meaning.
    static Optional<Path> literal(Path base, String written) {
        try {
            return Optional.of(base.resolve(written).toAbsolutePath().normalize());
        } catch (InvalidPathException invalid) {
            return Optional.empty();
        }
    }

    /// A path as people see it: relative to the root, with `/`, where it lies below the root.
    static String shown(Path root, Path path) {
        return path.startsWith(root) && !path.equals(root)
                ? root.relativize(path).toString().replace('\\', '/')
                : path.toString();
    }
}
