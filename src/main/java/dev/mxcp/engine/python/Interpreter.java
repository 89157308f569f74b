package dev.mxcp.engine.python;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Python that runs user code. Its version is checked when a worker starts.
///
/// @param command the program and what stands before the script
/// @param origin why it was chosen, for messages
public record Interpreter(List<String> command, String origin) {
    static final String HOW_TO_SET =
            "install Python 3.10 or newer, or name one with python.interpreter in mxcp-site.yml or"
                    + " with the environment variable MXCP_PYTHON";

    public Interpreter {
        command = List.copyOf(command);
    }

    /// What the user named explicitly, if anything: `python.interpreter`, else `MXCP_PYTHON`.
    ///
    /// @param configured the value of `python.interpreter`; a path counts from the project root
    public static @Nullable Interpreter explicit(
            @Nullable String configured, Path root, Map<String, String> environment) {
        if (configured != null && !configured.isBlank()) {
            return new Interpreter(
                    List.of(located(configured, root)), "python.interpreter in mxcp-site.yml");
        }
        String named = environment.get("MXCP_PYTHON");
        return named == null || named.isBlank()
                ? null
                : new Interpreter(List.of(located(named, root)), "MXCP_PYTHON");
    }

    /// The project's own `.venv`, if there is one.
    public static @Nullable Interpreter ofProject(Path root) {
        Path python = python(root.resolve(".venv"));
        return Files.isExecutable(python)
                ? new Interpreter(List.of(python.toString()), "the project's .venv")
                : null;
    }

    /// What the shell would take: `VIRTUAL_ENV`, else `python3`.
    public static Interpreter ofShell(Map<String, String> environment) {
        String active = environment.get("VIRTUAL_ENV");
        if (active != null && !active.isBlank() && Files.isExecutable(python(Path.of(active)))) {
            return new Interpreter(List.of(python(Path.of(active)).toString()), "VIRTUAL_ENV");
        }
        return new Interpreter(List.of("python3"), "python3 on PATH");
    }

    /// The first of: what is named explicitly, the project's `.venv`, the managed environment if
    /// the project needs one, `VIRTUAL_ENV`, `python3`.
    ///
    /// @param managed makes the project's environment, or says that there is none
    public static Interpreter choose(
            @Nullable String configured,
            Path root,
            Map<String, String> environment,
            ManagedEnvironment managed) {
        Interpreter explicit = explicit(configured, root, environment);
        if (explicit != null) {
            return explicit;
        }
        Interpreter own = ofProject(root);
        if (own != null) {
            return own;
        }
        Interpreter shell = ofShell(environment);
        return managed.ready(root, shell).orElse(shell);
    }

    static Path python(Path environment) {
        return environment.resolve("bin").resolve("python");
    }

    /// A path is meant from the root; a bare name is for PATH.
    private static String located(String named, Path root) {
        return named.contains("/") ? root.resolve(named).toString() : named;
    }

    String shown() {
        return String.join(" ", command) + " (" + origin + ")";
    }
}
