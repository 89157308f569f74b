package dev.mxcp.quality.dbt;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The program `dbt`. Runs as a child with the streams of this process.
///
/// @param file an executable file
public record DbtProgram(Path file) {
    private static final long GRACE_SECONDS = 5;

    /// The first `dbt` on `PATH`, else that of the project's or the shell's virtual environment.
    ///
    /// @param root of the project
    public static Optional<DbtProgram> find(Map<String, String> environment, Path root) {
        var folders = new ArrayList<Path>();
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        folders.add(root.resolve(".venv/bin"));
        folders.add(root.resolve(".mxcp/venv/bin"));
        String active = environment.getOrDefault("VIRTUAL_ENV", "");
        if (!active.isEmpty()) {
            folders.add(Path.of(active, "bin"));
        }
        return folders.stream()
                .map(folder -> folder.resolve("dbt"))
                .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
                .findFirst()
                .map(DbtProgram::new);
    }

    /// A run that has begun.
    public record Run(Process process) {
        /// Waits for the end and gives dbt's exit code.
        public int await() throws InterruptedException {
            return process.waitFor();
        }

        /// Has the run end. Ctrl-C reaches dbt too, which then ends in order by itself; only if it
        /// does not, it is told.
        public void end() {
            try {
                if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroy();
                }
            } catch (InterruptedException interrupted) {
                process.destroy();
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Starts dbt.
    ///
    /// @param environment the whole environment of the child
    /// @throws IOException when the program cannot be started
    public Run start(List<String> arguments, Path folder, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(file.toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Run(builder.start());
    }
}
