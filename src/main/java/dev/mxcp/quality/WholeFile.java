package dev.mxcp.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes files so that a reader, or a run that was cut off, sees the old text or the new one and
/// never a half.
public final class WholeFile {
    private WholeFile() {}

    /// Writes a text in UTF-8 in place of an older file; missing folders are made.
    ///
    /// @throws UncheckedIOException when that cannot be done; then the older file is as it was
    public static void write(Path file, String text) {
        write(file, text, new FileAttribute<?>[0]);
    }

    /// As above, for what only the user may read.
    public static void writePrivate(Path file, String text) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        write(
                file,
                text,
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0]);
    }

    private static void write(Path file, String text, FileAttribute<?>[] attributes) {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Path draft =
                    folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid());
            try {
                Files.deleteIfExists(draft);
                Files.createFile(draft, attributes);
                Files.writeString(draft, text);
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
