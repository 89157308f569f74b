package dev.mxcp.engine.python;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files through which a worker's frames come to the database. A worker removes its own; those
/// of one that was killed are removed here.
final class FrameFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FrameFiles.class);

    private FrameFiles() {}

    /// Removes what a worker left.
    ///
    /// @param worker the name by which the worker was started
    static void remove(String worker) {
        Stream.of("/dev/shm", System.getProperty("java.io.tmpdir"), System.getenv("TMPDIR"))
                .filter(Objects::nonNull)
                .map(Path::of)
                .distinct()
                .filter(Files::isDirectory)
                .forEach(parent -> remove(parent, "mxcp-frames-" + worker + "-*"));
    }

    private static void remove(Path parent, String name) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, name)) {
            for (Path folder : folders) {
                removeFolder(folder);
            }
        } catch (IOException failure) {
            LOG.debug("files of a Python worker stay behind", failure);
        }
    }

    private static void removeFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
