package dev.mxcp.engine.python;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The version of an interpreter, by asking it.
///
/// @param text such as `3.13.1`
public record PythonVersion(String text) {
    private static final int OLDEST_MAJOR = 3;
    private static final int OLDEST_MINOR = 10;
    private static final long SECONDS = 10;
    private static final String ASK = "import sys; print('%d.%d.%d' % sys.version_info[:3])";

    /// Runs the interpreter; empty when it cannot be run, or does not answer.
    public static Optional<PythonVersion> of(Interpreter interpreter) {
        var command = new ArrayList<>(interpreter.command());
        command.addAll(List.of("-I", "-c", ASK));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(new File("/dev/null"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                            .strip();
            return process.exitValue() == 0 && answer.matches("\\d+\\.\\d+\\.\\d+")
                    ? Optional.of(new PythonVersion(answer))
                    : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Whether workers run with it.
    public boolean isSupported() {
        String[] parts = text.split("\\.", -1);
        int major = Integer.parseInt(parts[0]);
        return major > OLDEST_MAJOR
                || (major == OLDEST_MAJOR && Integer.parseInt(parts[1]) >= OLDEST_MINOR);
    }
}
