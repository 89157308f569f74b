package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Runs the Python tests of the shipped package, so that one command runs all tests.
class ShippedPackageTest {
    @Test
    void python_tests_pass() throws Exception {
        var builder =
                new ProcessBuilder("python3", "-m", "unittest", "discover", "-s", "src/test/python")
                        .redirectErrorStream(true);
        builder.environment()
                .put("PYTHONPATH", Path.of("src/main/python").toAbsolutePath().toString());
        Process process = builder.start();
        String output;
        try (var reader = process.inputReader()) {
            output = reader.lines().collect(java.util.stream.Collectors.joining("\n"));
        }

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("OK");
    }
}
