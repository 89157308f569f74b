package dev.mxcp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies of projects whose Python has real packages.
final class PythonPackages {
    private PythonPackages() {}

    /// A copy of a test project that runs on an interpreter with the packages of
    /// `src/test/clients/PACKAGES`.
    static Path project(String name, String packages, Path into) {
        Path interpreter = OfficialClients.pythonWith(packages);
        Path project = Product.copy(Path.of("src/test/projects", name), into);
        try {
            Files.writeString(
                    project.resolve("mxcp-site.yml"),
                    "python:\n  interpreter: " + interpreter + "\n",
                    StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return project;
    }

    /// Runs a tool on the command line.
    static Map<String, @Nullable Object> run(Path project, String tool, String... parameters) {
        var command = new ArrayList<>(List.of("run", "tool", tool));
        for (String parameter : parameters) {
            command.add("-p");
            command.add(parameter);
        }
        command.add("--json-output");
        Commands.Ended ended =
                Commands.run(Product.command(command.toArray(String[]::new)), project);
        assertThat(ended.status()).as(ended.all()).isZero();
        Map<String, @Nullable Object> answer =
                McpClient.object(
                        Json.parse(ended.standardOutput().getBytes(StandardCharsets.UTF_8)));
        return McpClient.object(answer.get("result"));
    }
}
