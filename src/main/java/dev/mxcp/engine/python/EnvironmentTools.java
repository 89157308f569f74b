package dev.mxcp.engine.python;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The programs that make virtual environments: `uv` where it is on the path, else Python's own
/// `venv` and `pip`.
final class EnvironmentTools {
    private static final int SHOWN_LINES = 20;

    /// pip cannot read dependencies from a pyproject.toml; it carries a TOML reader, though.
    private static final String LIST_DEPENDENCIES =
            """
            import sys
            try:
                import tomllib
            except ImportError:
                from pip._vendor import tomli as tomllib
            with open(sys.argv[1], "rb") as file:
                print(*tomllib.load(file)["project"]["dependencies"], sep="\\n")
            """;

    private final String path;
    private final Consumer<String> progress;

    EnvironmentTools(String path, Consumer<String> progress) {
        this.path = path;
        this.progress = progress;
    }

    /// A program ended badly.
    static final class Failed extends Exception {
        Failed(String message) {
            super(message);
        }
    }

    void make(Path venv, Requirements requirements, Interpreter base) throws IOException, Failed {
        Optional<Path> uv = onPath("uv");
        if (uv.isPresent()) {
            withUv(uv.get().toString(), venv, requirements, base);
        } else {
            withPip(venv, requirements, base);
        }
    }

    private void withUv(String uv, Path venv, Requirements requirements, Interpreter base)
            throws IOException, Failed {
        run(requirements, List.of(uv, "venv", "--python", base.command().getFirst(), venv + ""));
        String python = Interpreter.python(venv).toString();
        run(
                requirements,
                List.of(uv, "pip", "install", "--python", python, "-r", requirements.file() + ""));
    }

    private void withPip(Path venv, Requirements requirements, Interpreter base)
            throws IOException, Failed {
        run(requirements, List.of(base.command().getFirst(), "-m", "venv", venv.toString()));
        String python = Interpreter.python(venv).toString();
        Path list = requirements.file();
        if (requirements.isToml()) {
            list = venv.resolve("dependencies.txt");
            List<String> lines =
                    run(
                            requirements,
                            List.of(python, "-c", LIST_DEPENDENCIES, requirements.file() + ""));
            Files.write(list, lines);
        }
        run(
                requirements,
                List.of(
                        python,
                        "-m",
                        "pip",
                        "install",
                        "--disable-pip-version-check",
                        "-r",
                        list + ""));
    }

    /// Runs a program in the project's folder.
    ///
    /// @return its last lines
    private List<String> run(Requirements requirements, List<String> command)
            throws IOException, Failed {
        var builder =
                new ProcessBuilder(command)
                        .directory(requirements.file().resolveSibling("").toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true);
        Process process = builder.start();
        var last = new ArrayDeque<String>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.accept(line);
                last.addLast(line);
            }
        }
        if (ended(process) != 0) {
            while (last.size() > SHOWN_LINES) {
                last.removeFirst();
            }
            throw new Failed(
                    Path.of(command.getFirst()).getFileName()
                            + " ended with status "
                            + process.exitValue()
                            + (last.isEmpty() ? "" : ":\n  " + String.join("\n  ", last)));
        }
        return List.copyOf(last);
    }

    private static int ended(Process process) throws Failed {
        try {
            return process.waitFor();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        }
    }

    private Optional<Path> onPath(String program) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path found = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(found) && Files.isRegularFile(found)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
