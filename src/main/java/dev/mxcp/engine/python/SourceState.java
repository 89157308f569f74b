package dev.mxcp.engine.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the code of a worker comes from, in one word: the project's Python files, its requirements,
/// its interpreter, and what a running worker cannot change about itself. Where it is another one
/// than at the worker's start, a reload needs a fresh worker (R1.10).
///
/// @param digest equal for equal states
public record SourceState(String digest) {
    /// A project whose folder holds more is no project: then only its Python folders count.
    private static final int MOST_ENTRIES = 20_000;

    private static final Set<String> SKIPPED =
            Set.of("__pycache__", "node_modules", "site-packages", "dbt_packages");

    /// The state now.
    public static SourceState of(Workers.Config config) {
        MessageDigest digest = sha256();
        add(digest, config.interpreter().command().toString());
        config.interpreter().command().forEach(part -> addProgram(digest, part));
        add(digest, config.projectRoot() + "\n" + config.pythonDir() + "\n" + config.pluginsDir());
        config.plugins().forEach(plugin -> add(digest, plugin.name() + "=" + plugin.module()));
        add(digest, config.workers() + " " + Workers.frameBytes(config));
        add(digest, config.logLevel());
        Requirements.of(config.projectRoot())
                .ifPresent(requirements -> add(digest, requirements.fingerprint()));
        files(config).forEach(file -> addFile(digest, file));
        return new SourceState(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SortedSet<Path> files(Workers.Config config) {
        var files = new TreeSet<Path>(config.endpointFilesOutsidePython());
        collect(config.pythonDir(), files, Integer.MAX_VALUE);
        collect(config.pluginsDir(), files, Integer.MAX_VALUE);
        var others = new TreeSet<Path>();
        if (collect(config.projectRoot(), others, MOST_ENTRIES)) {
            files.addAll(others);
        }
        return files;
    }

    /// @return false if there is too much to look at
    private static boolean collect(Path folder, Set<Path> files, int limit) {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        var visitor = new Sources(folder, files, limit);
        try {
            Files.walkFileTree(folder, visitor);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return visitor.left > 0;
    }

    private static final class Sources extends SimpleFileVisitor<Path> {
        private final Path top;
        private final Set<Path> files;
        private int left;

        Sources(Path top, Set<Path> files, int limit) {
            this.top = top;
            this.files = files;
            this.left = limit;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean foreign =
                    name.startsWith(".")
                            || SKIPPED.contains(name)
                            || Files.exists(folder.resolve("pyvenv.cfg"));
            return foreign && !folder.equals(top)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".py")) {
                files.add(file);
            }
            left--;
            return left > 0 ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static void addProgram(MessageDigest digest, String part) {
        Path program = Path.of(part);
        if (program.isAbsolute() && Files.isRegularFile(program)) {
            try {
                add(digest, program.toRealPath() + " " + Files.getLastModifiedTime(program));
            } catch (IOException gone) {
                add(digest, "gone");
            }
        }
    }

    private static void addFile(MessageDigest digest, Path file) {
        add(digest, file.toString());
        try {
            digest.update(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            add(digest, "unreadable");
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
