package dev.mxcp.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command has; they may stand before or after the command's name.
final class CommonOptions {
    /// Words that switch a flag variable on (X1).
    private static final Set<String> TRUE = Set.of("1", "true", "yes");

    @Option(
            names = {"-C", "--project-dir"},
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 100,
            description = "Work on the project in DIR instead of the working directory.")
    @Nullable Path projectDir;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "Profile to use (else MXCP_PROFILE, else the site file's).")
    @Nullable String profile;

    @Option(
            names = "--no-install",
            scope = ScopeType.INHERIT,
            order = 102,
            description = "Never make or change the managed Python environment (.mxcp/venv).")
    boolean noInstall;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            order = 103,
            converter = LogLevelConverter.class,
            description = "DEBUG, INFO, WARNING, ERROR or CRITICAL.")
    @Nullable String logLevel;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            order = 104,
            converter = LogFormatConverter.class,
            description = "human (default) or json: one JSON object a line. Logs go to stderr.")
    @Nullable String logFormat;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            order = 105,
            description = "Log at DEBUG and show the stack of a failure (also MXCP_DEBUG=1).")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 106,
            description = "Show this help.")
    boolean help;

    /// Whether the log level is DEBUG (cli C0.8).
    boolean verbose(Map<String, String> environment) {
        return debug || flag(environment, "MXCP_DEBUG");
    }

    /// Whether the effective profile is opened read-only, as far as command line and environment
    /// say (X5).
    static boolean readOnly(boolean option, Map<String, String> environment) {
        return option || flag(environment, "MXCP_READONLY");
    }

    private static boolean flag(Map<String, String> environment, String name) {
        return TRUE.contains(environment.getOrDefault(name, "").toLowerCase(Locale.ROOT));
    }
}
