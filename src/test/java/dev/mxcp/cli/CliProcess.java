package dev.mxcp.cli;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The program as a process: by the launcher that the system property `mxcp.test.launcher` names,
/// else from the classes of this test run.
final class CliProcess {
    private static final long SECONDS = 120;

    private final Path folder;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    /// How a command ended.
    record Ended(int code, String out, String err) {
        /// Standard output as exactly one JSON document.
        Map<?, ?> json() {
            return (Map<?, ?>) Objects.requireNonNull(Json.parse(out));
        }

        /// The result of a command that went well.
        Object result() {
            if (code != 0 || !"ok".equals(json().get("status"))) {
                throw new AssertionError("exit code %d%n%s%n%s".formatted(code, out, err));
            }
            return Objects.requireNonNull(json().get("result"));
        }
    }

    private CliProcess(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
    }

    /// In a copy of a project below `src/test/projects`.
    static CliProcess inCopyOf(String project, Path temporary) {
        Path folder = temporary.resolve(project);
        copy(Path.of("src/test/projects").resolve(project), folder);
        return in(folder, temporary.resolve("home"));
    }

    static CliProcess in(Path folder, Path home) {
        try {
            Files.createDirectories(home);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new CliProcess(folder, home);
    }

    CliProcess under(String subfolder) {
        var there = new CliProcess(folder.resolve(subfolder), home);
        there.environment.putAll(environment);
        return there;
    }

    CliProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path folder() {
        return folder;
    }

    /// Starts a command and waits for its end, with nothing on standard input.
    Ended run(String... args) {
        try {
            Path out = Files.createTempFile("mxcp-out", ".txt");
            Path err = Files.createTempFile("mxcp-err", ".txt");
            Process process =
                    builder(args).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end of: mxcp " + String.join(" ", args));
            }
            var ended =
                    new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return ended;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// Starts a command and leaves the rest to the test.
    ProcessBuilder builder(String... args) {
        var command = new ArrayList<String>();
        String launcher = System.getProperty("mxcp.test.launcher");
        if (launcher != null) {
            command.add(launcher);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(
                    List.of(
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.mxcp.Main"));
        }
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MXCP_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.walkFileTree(
                    from,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path directory, BasicFileAttributes attributes) throws IOException {
                            Files.createDirectories(to.resolve(from.relativize(directory)));
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.copy(file, to.resolve(from.relativize(file)));
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
