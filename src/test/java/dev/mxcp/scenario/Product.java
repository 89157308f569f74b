package dev.mxcp.scenario;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How to start the product under test: the launcher that the build made (system property
/// `mxcp.launcher`), else the classes of this test run.
final class Product {
    /// Variables of the caller that would change what a project means.
    private static final List<String> FOREIGN = List.of("MXCP_", "PYTHON", "VIRTUAL_ENV");

    private Product() {}

    /// The command line for `mxcp ARGUMENTS`.
    static List<String> command(String... arguments) {
        var command = new ArrayList<String>();
        Path launcher = launcher();
        if (Files.isExecutable(launcher)) {
            command.add(launcher.toString());
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("--enable-native-access=ALL-UNNAMED");
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.mxcp.Main"));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /// A builder for a process of the product or of a client: no variable of the developer's shell
    /// points it to another project or interpreter.
    static ProcessBuilder process(List<String> command) {
        var builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
        environment.put("NO_COLOR", "1");
        environment.put("NO_PROXY", "127.0.0.1,localhost");
        environment.put("no_proxy", "127.0.0.1,localhost");
        return builder;
    }

    /// A copy of a project of the repository, without what earlier runs left in it.
    static Path copy(Path project, Path into) {
        Path target = into.resolve(project.getFileName().toString());
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.toString();
                if (name.contains("__pycache__")
                        || name.contains(".duckdb")
                        || name.contains(".mxcp")) {
                    continue;
                }
                Files.copy(file, target.resolve(project.relativize(file).toString()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return target;
    }

    /// A port of the loopback that was free a moment ago. (Port 0 means "not given" to `serve`.)
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path launcher() {
        String named = System.getProperty("mxcp.launcher");
        if (named != null) {
            return Path.of(named);
        }
        File[] built =
                new File("target").listFiles(file -> new File(file, "bin/mxcp").canExecute());
        return built == null || built.length == 0
                ? Path.of("target", "none")
                : built[0].toPath().resolve("bin/mxcp").toAbsolutePath();
    }
}
