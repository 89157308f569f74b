package dev.mxcp.engine.python;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The virtual environment `.mxcp/venv` of a project that says what it needs and has no `.venv`. It
/// is made when first needed, made again when the file that names the packages changes, and never
/// left half made. Several processes may ask at once; one works, the others wait.
public final class ManagedEnvironment {
    private static final String STAMP = "mxcp-made-from";

    private final boolean install;
    private final EnvironmentTools tools;
    private final InstallProgress progress;

    /// @param install false (`--no-install`): only an environment that is there already is used
    /// @param path where to look for programs, as `PATH` has it
    public ManagedEnvironment(boolean install, String path, InstallProgress progress) {
        this.install = install;
        this.tools = new EnvironmentTools(path, progress::detail);
        this.progress = progress;
    }

    /// The interpreter of the project's environment, made now if need be; empty if the project
    /// needs none, or must not get one.
    ///
    /// @param base the Python to make it with
    /// @throws InvalidProject when it cannot be made
    public Optional<Interpreter> ready(Path root, Interpreter base) {
        return Requirements.of(root).flatMap(requirements -> ready(root, requirements, base));
    }

    private Optional<Interpreter> ready(Path root, Requirements requirements, Interpreter base) {
        Path venv = root.resolve(".mxcp").resolve("venv");
        try {
            if (!install) {
                return Files.isExecutable(Interpreter.python(venv))
                        ? Optional.of(interpreter(venv))
                        : Optional.empty();
            }
            if (!upToDate(venv, requirements)) {
                try {
                    underLock(venv, () -> make(venv, requirements, base));
                } finally {
                    progress.done();
                }
            }
            return Optional.of(interpreter(venv));
        } catch (IOException | UncheckedIOException failure) {
            throw failed(requirements, String.valueOf(failure.getMessage()));
        }
    }

    private static Interpreter interpreter(Path venv) {
        return new Interpreter(
                List.of(Interpreter.python(venv).toString()), "the managed environment .mxcp/venv");
    }

    private static boolean upToDate(Path venv, Requirements requirements) throws IOException {
        Path stamp = venv.resolve(STAMP);
        return Files.isExecutable(Interpreter.python(venv))
                && Files.isRegularFile(stamp)
                && Files.readString(stamp).equals(requirements.fingerprint());
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void underLock(Path venv, Work work) throws IOException {
        Path folder = Files.createDirectories(venv.resolveSibling(""));
        Path lockFile = folder.resolve("venv.lock");
        try (var channel =
                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            try (FileLock _ = locked(channel)) {
                work.run();
            }
        }
    }

    private FileLock locked(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock != null) {
            return lock;
        }
        progress.step("Waiting for another process that installs packages into .mxcp/venv ...");
        return channel.lock();
    }

    private void make(Path venv, Requirements requirements, Interpreter base) throws IOException {
        if (upToDate(venv, requirements)) {
            return; // by the process that had the lock
        }
        // an environment works only where it was made, so the old one steps aside
        Path old = venv.resolveSibling("venv.old");
        if (Files.exists(venv)) {
            delete(old);
            Files.move(venv, old);
        }
        boolean made = false;
        try {
            progress.step("Installing %s into .mxcp/venv ...".formatted(requirements.counted()));
            tools.make(venv, requirements, base);
            Files.writeString(venv.resolve(STAMP), requirements.fingerprint());
            made = true;
        } catch (EnvironmentTools.Failed failure) {
            throw failed(requirements, failure.getMessage() == null ? "" : failure.getMessage());
        } finally {
            if (!made) {
                delete(venv);
                if (Files.exists(old)) {
                    Files.move(old, venv);
                }
            }
            delete(old);
        }
    }

    private static InvalidProject failed(Requirements requirements, String why) {
        return new InvalidProject(
                new Problem(
                        "the project's Python packages cannot be installed: " + why,
                        SourcePlace.of(requirements.file().getFileName() + ""),
                        null,
                        "correct the file, or make a .venv in the project yourself, or start with"
                                + " --no-install"));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
