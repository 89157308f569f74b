package dev.mxcp.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// What surrounds one run of the command line. Values and streams only, so that a test can be a
/// terminal in another folder.
///
/// @param workingDirectory absolute
/// @param environment the environment variables
/// @param home the user's home folder
/// @param launcher what the user starts the program with: an absolute path, or `mxcp`
/// @param console the three streams
public record Surroundings(
        Path workingDirectory,
        Map<String, String> environment,
        Path home,
        String launcher,
        Console console) {

    /// Those of this process. The launcher script says in system properties what Java cannot find
    /// out cheaply: which of the streams are terminals, and how wide the terminal is.
    public static Surroundings ofProcess(InputStream in, OutputStream out, PrintStream err) {
        Map<String, String> environment = System.getenv();
        String home = environment.getOrDefault("HOME", "");
        return new Surroundings(
                Path.of("").toAbsolutePath(),
                environment,
                Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home),
                System.getProperty("mxcp.launcher", "mxcp"),
                new Console(in, out, err, Console.Terminal.of(environment)));
    }
}
