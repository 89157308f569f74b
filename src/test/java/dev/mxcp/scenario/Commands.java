package dev.mxcp.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs commands to their end, without input.
final class Commands {
    private static final int MINUTES = 5;

    private Commands() {}

    /// A command that has ended.
    ///
    /// @param status -1 if it had to be killed
    record Ended(List<String> command, int status, String standardOutput, String standardError) {

        /// All that is known, for the message of a failed test.
        String all() {
            return "%s\nexit status %d\n%s\n%s"
                    .formatted(String.join(" ", command), status, standardOutput, standardError);
        }
    }

    static Ended run(List<String> command, Path folder) {
        try {
            Path output = Files.createTempFile("mxcp-test", ".out");
            Path errors = Files.createTempFile("mxcp-test", ".err");
            try {
                Process process =
                        Product.process(command)
                                .directory(folder.toAbsolutePath().toFile())
                                .redirectOutput(output.toFile())
                                .redirectError(errors.toFile())
                                .redirectInput(Path.of("/dev/null").toFile())
                                .start();
                int status = status(process);
                return new Ended(command, status, text(output), text(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int status(Process process) {
        try {
            if (process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return -1;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
