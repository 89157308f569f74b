package dev.mxcp.engine.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The file in which a project says what packages it needs.
///
/// @param fingerprint changes when the file's content does
record Requirements(Path file, String fingerprint) {
    private static final Pattern DEPENDENCIES =
            Pattern.compile("(?ms)^\\[project\\]\\s*$(?:(?!^\\[).)*?^\\s*dependencies\\s*=");

    /// `requirements.txt`, else a `pyproject.toml` that names dependencies.
    static Optional<Requirements> of(Path root) {
        try {
            Path plain = root.resolve("requirements.txt");
            if (Files.isRegularFile(plain)) {
                return Optional.of(new Requirements(plain, fingerprint(plain)));
            }
            Path toml = root.resolve("pyproject.toml");
            if (Files.isRegularFile(toml) && DEPENDENCIES.matcher(Files.readString(toml)).find()) {
                return Optional.of(new Requirements(toml, fingerprint(toml)));
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean isToml() {
        return file.toString().endsWith(".toml");
    }

    /// How many packages the file names, for a person. A pyproject.toml is not counted: that takes
    /// a TOML reader.
    String counted() throws IOException {
        if (isToml()) {
            return "the packages of " + file.getFileName();
        }
        List<String> lines =
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList();
        long packages = lines.stream().filter(line -> !line.startsWith("-")).count();
        return packages == 0
                        || packages < lines.size() // other files are named, which may name more
                ? "the packages of " + file.getFileName()
                : "%d package%s of %s"
                        .formatted(packages, packages == 1 ? "" : "s", file.getFileName());
    }

    private static String fingerprint(Path file) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return file.getFileName() + " " + HexFormat.of().formatHex(hash) + "\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
