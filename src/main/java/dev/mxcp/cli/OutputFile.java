package dev.mxcp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A report that an option asked for as a file.
final class OutputFile {
    private OutputFile() {}

    /// Writes the file; missing folders are made.
    ///
    /// @throws UsageError when it cannot be written
    static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UsageError("cannot write %s: %s".formatted(file, unwritable));
        }
    }
}
