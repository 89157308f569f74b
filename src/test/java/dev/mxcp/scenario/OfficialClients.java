package dev.mxcp.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// Installs the official clients, and Python packages that user code works with, from the
/// registries, once, below `target/clients/`.
final class OfficialClients {
    static final Path SOURCES = Path.of("src", "test", "clients");
    private static final Path INSTALLED = Path.of("target", "clients").toAbsolutePath();
    private static final int ATTEMPTS = 3;

    /// What pip says when nobody answers.
    private static final Pattern UNREACHABLE =
            Pattern.compile("NewConnectionError|ConnectTimeoutError|name resolution");

    private OfficialClients() {}

    /// The command that runs the Python client; arguments follow.
    static List<String> python() {
        return List.of(
                pythonWith("python").toString(),
                SOURCES.resolve("python").resolve("client.py").toAbsolutePath().toString());
    }

    /// A Python interpreter with the packages that a folder of [#SOURCES] pins.
    static Path pythonWith(String packages) {
        Path folder = INSTALLED.resolve(packages);
        Path interpreter = folder.resolve("venv/bin/python");
        install(
                folder,
                SOURCES.resolve(packages),
                "requirements.txt",
                List.of(
                        List.of("python3", "-m", "venv", "venv"),
                        List.of(
                                interpreter.toString(),
                                "-m",
                                "pip",
                                "--disable-pip-version-check",
                                "install",
                                "--quiet",
                                "-r",
                                "requirements.txt")));
        return interpreter;
    }

    /// The command that runs the TypeScript client; arguments follow.
    static List<String> typescript() {
        Path folder = INSTALLED.resolve("typescript");
        install(
                folder,
                SOURCES.resolve("typescript"),
                "package-lock.json",
                List.of(List.of("npm", "ci", "--no-fund", "--no-audit")));
        // node looks for packages beside the script
        copy(SOURCES.resolve("typescript/client.mjs"), folder.resolve("client.mjs"));
        return List.of("node", folder.resolve("client.mjs").toString());
    }

    /// Whether the TypeScript client can run here. On a build server it must.
    static boolean nodeIsThere() {
        return "true".equals(System.getenv("CI")) || (starts("node") && starts("npm"));
    }

    /// Does the steps in the folder unless they were done for the same pinned versions. A
    /// half-finished installation is made anew; a registry that fails once is asked again.
    private static void install(Path folder, Path sources, String pins, List<List<String>> steps) {
        Path done = folder.resolve("installed-" + pins);
        try {
            if (Files.exists(done) && Files.mismatch(done, sources.resolve(pins)) == -1) {
                return;
            }
            String lastWords = "";
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                delete(folder);
                Files.createDirectories(folder);
                copyFiles(sources, folder);
                lastWords = doSteps(steps, folder);
                if (lastWords.isEmpty()) {
                    copy(sources.resolve(pins), done);
                    return;
                }
            }
            if (UNREACHABLE.matcher(lastWords).find() && !"true".equals(System.getenv("CI"))) {
                throw new TestAbortedException("the package registry cannot be reached");
            }
            throw new AssertionError("cannot install the client: " + lastWords);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Does the steps; what the one that failed said, or nothing.
    private static String doSteps(List<List<String>> steps, Path folder) {
        for (List<String> step : steps) {
            Commands.Ended ended = Commands.run(step, folder);
            if (ended.status() != 0) {
                return ended.all();
            }
        }
        return "";
    }

    private static void copyFiles(Path sources, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(sources)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> copy(file, folder.resolve(file.getFileName().toString())));
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean starts(String program) {
        try {
            return Commands.run(List.of(program, "--version"), Path.of("")).status() == 0;
        } catch (UncheckedIOException absent) {
            return false;
        }
    }
}
