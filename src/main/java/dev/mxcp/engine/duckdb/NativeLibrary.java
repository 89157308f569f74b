package dev.mxcp.engine.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;

/// Finds and loads DuckDB's native library: from the folder named by the system property
/// `mxcp.lib`, from beside the jar of this class, else from a cache folder into which it is
/// unpacked once from the jar of `duckdb_jdbc`. A library is loaded for the rest of the process.
final class NativeLibrary {
    private NativeLibrary() {}

    /// Loads the library.
    ///
    /// @param cache the folder to unpack to
    /// @throws UncheckedIOException when it can be neither found nor unpacked
    static SymbolLookup load(Path cache) {
        String name = fileName(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path file = find(name, cache);
        return open(file);
    }

    /// The library's name in the jar of `duckdb_jdbc`.
    static String fileName(String system, String machine) {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        String family =
                os.startsWith("mac") ? "macos" : os.startsWith("windows") ? "windows" : "linux";
        return "libduckdb_java.so_" + family + (arm ? "_arm64" : "_amd64");
    }

    /// The file to load, unpacked if need be.
    static Path find(String name, Path cache) {
        String given = System.getProperty("mxcp.lib");
        if (given != null && Files.isRegularFile(Path.of(given, name))) {
            return Path.of(given, name);
        }
        Optional<Path> shipped =
                ownFolder().map(folder -> folder.resolve(name)).filter(Files::isRegularFile);
        return shipped.orElseGet(() -> unpacked(name, cache));
    }

    private static Optional<Path> ownFolder() {
        var source = NativeLibrary.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Path.of(source.getLocation().toURI()).getParent());
        } catch (URISyntaxException notAFile) {
            return Optional.empty();
        }
    }

    private static Path unpacked(String name, Path cache) {
        URL resource = NativeLibrary.class.getResource("/" + name);
        if (resource == null) {
            throw new IllegalStateException("DuckDB has no native library " + name);
        }
        Path file = cache.resolve(name);
        try {
            long size = resource.openConnection().getContentLengthLong();
            if (!Files.isRegularFile(file) || Files.size(file) != size) {
                unpack(resource, cache, file);
            }
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "DuckDB's native library cannot be unpacked to " + file, failure);
        }
    }

    /// A process that starts at the same time sees the whole file or none.
    private static void unpack(URL resource, Path cache, Path file) throws IOException {
        Files.createDirectories(cache);
        if (Files.getFileStore(cache).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
        }
        Path temporary = Files.createTempFile(cache, "unpacking", ".tmp");
        try {
            try (InputStream in = resource.openStream()) {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @SuppressWarnings("restricted") // loading the library is what this class is for
    private static SymbolLookup open(Path file) {
        return SymbolLookup.libraryLookup(file, Arena.global());
    }
}
