package dev.mxcp.cli;

import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.project.Project;
import dev.mxcp.project.SiteConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Changes of the files that people write: endpoints, SQL, Python, the site file. Not of data,
/// which the endpoints themselves change. One use, one thread.
final class FileChanges implements AutoCloseable {
    private static final long QUIET_MILLIS = 80;

    private final WatchService watch;
    private final Cancellation.Registration registration;

    private FileChanges(WatchService watch, Cancellation cancellation) {
        this.watch = watch;
        this.registration = cancellation.onCancel(this::closeWatch);
    }

    /// Watches from now on.
    ///
    /// @param cancellation ends the waiting
    static FileChanges of(Project project, Cancellation cancellation) {
        try {
            WatchService watch = FileSystems.getDefault().newWatchService();
            var changes = new FileChanges(watch, cancellation);
            SiteConfig.Paths paths = project.site().paths();
            register(watch, project.root());
            for (Path folder :
                    List.of(
                            paths.tools(),
                            paths.resources(),
                            paths.prompts(),
                            paths.python(),
                            paths.plugins(),
                            paths.sql())) {
                changes.registerAll(folder);
            }
            return changes;
        } catch (IOException unwatchable) {
            throw new UncheckedIOException(unwatchable);
        }
    }

    /// Waits for a change, and until no more follow at once.
    ///
    /// @return false when the waiting was cancelled
    boolean await() {
        try {
            boolean relevant = false;
            while (!relevant) {
                relevant = isRelevant(watch.take());
            }
            WatchKey more = watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            while (more != null) {
                more.pollEvents();
                more.reset();
                more = watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (ClosedWatchServiceException cancelled) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        registration.close();
        closeWatch();
    }

    /// Python's own files change whenever it imports, editors' when somebody types.
    private static boolean isRelevant(WatchKey key) {
        boolean relevant =
                key.pollEvents().stream()
                        .map(event -> String.valueOf(event.context()))
                        .anyMatch(name ->
                                !name.startsWith(".")
                                        && !name.endsWith("~")
                                        && !name.endsWith(".pyc")
                                        && !name.startsWith("__pycache__")
                                        && !name.contains(".duckdb"));
        key.reset();
        return relevant;
    }

    private void registerAll(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        if (directory.endsWith("__pycache__")) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        register(watch, directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void register(WatchService watch, Path folder) throws IOException {
        folder.register(
                watch,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
    }

    private void closeWatch() {
        try {
            watch.close();
        } catch (IOException notClosed) {
            throw new UncheckedIOException(notClosed);
        }
    }
}
