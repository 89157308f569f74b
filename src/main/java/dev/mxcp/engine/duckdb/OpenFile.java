package dev.mxcp.engine.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// The database file that this process has open, told apart from others that take its name (R4.8).
/// Looks at files only from outside: opening and closing one here would give up DuckDB's lock on it
/// (R9.3.5).
///
/// @param key the system's number of the file that was opened; null where there is none
record OpenFile(Path path, @Nullable Object key) {
    private static final Path OPEN_HERE = Path.of("/proc/self/fd");

    /// The file as it is now, just opened.
    static OpenFile of(Path path) {
        return new OpenFile(path, key(path));
    }

    /// Closes the database. Where another file has taken the path meanwhile, its log is kept out of
    /// the way: DuckDB removes its own log by that name.
    void close(Runnable closing) {
        Path log = path.resolveSibling(path.getFileName() + ".wal");
        Object logKey = key == null || key.equals(key(path)) ? null : key(log);
        if (logKey == null || isOpenHere(logKey)) {
            closing.run();
            return;
        }
        Path aside = path.resolveSibling(path.getFileName() + ".wal-of-new-file");
        move(log, aside);
        try {
            closing.run();
        } finally {
            move(aside, log);
        }
    }

    /// Whether this process still has it open; false where the system does not tell.
    boolean held() {
        return key != null && isOpenHere(key);
    }

    private static boolean isOpenHere(Object key) {
        if (!Files.isDirectory(OPEN_HERE)) {
            return false;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OPEN_HERE)) {
            for (Path descriptor : descriptors) {
                if (key.equals(key(descriptor))) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static @Nullable Object key(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException notThere) {
            return null;
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
