package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Issue 6, item 8: each finding with a remedy.
class DoctorCommandTest {
    @TempDir private Path folder;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeProject() throws IOException {
        environment.put("PATH", System.getenv("PATH"));
        write("mxcp-site.yml", "mxcp: 1\nproject: shop\nprofile: dev\n");
        user("transport: {provider: stdio}\n");
    }

    @Test
    void finds_nothing_wrong_with_a_sound_project() throws IOException {
        write("tools/a.yml", "mxcp: 1\ntool:\n  name: a\n  source: {code: 'SELECT 1 AS one'}\n");
        Terminal.with(folder, environment, folder).run("query", "SELECT 1");

        var terminal = terminal();
        assertThat(terminal.run("doctor", "--json-output")).as(terminal.out()).isZero();

        assertThat(finding(terminal, "java")).containsEntry("status", "ok");
        assertThat(finding(terminal, "database").get("message"))
                .asString()
                .contains("db-dev.duckdb opens, DuckDB v");
        assertThat(finding(terminal, "endpoints")).containsEntry("message", "1 loaded");
        assertThat(finding(terminal, "python").get("message")).asString().startsWith("3.");
    }

    @Test
    void makes_no_database() {
        var terminal = terminal();
        assertThat(terminal.run("doctor")).isZero();

        assertThat(terminal.out()).contains("does not exist yet");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void reports_every_problem_of_the_configuration() throws IOException {
        write("mxcp-site.yml", "mxcp: 1\nproject: shop\nprofil: dev\n");

        var terminal = terminal();
        assertThat(terminal.run("doctor", "--json")).isEqualTo(1);
        assertThat(terminal.out()).contains("mxcp-site.yml:3", "did you mean 'profile'?");
    }

    @Test
    void reports_that_there_is_no_project() throws IOException {
        var elsewhere =
                Terminal.with(Files.createTempDirectory(folder, "empty"), environment, folder);
        Files.delete(folder.resolve("mxcp-site.yml"));

        assertThat(elsewhere.run("doctor")).isEqualTo(1);
        assertThat(elsewhere.out()).contains("mxcp-site.yml not found", "fix: ", "Java");
    }

    @Test
    void reports_secrets_that_the_profile_lacks_and_files_that_others_may_read()
            throws IOException {
        write("mxcp-site.yml", "mxcp: 1\nproject: shop\nprofile: dev\nsecrets: [api]\n");
        Files.setPosixFilePermissions(
                folder.resolve(".mxcp/config.yml"), PosixFilePermissions.fromString("rw-r--r--"));

        var terminal = terminal();
        assertThat(terminal.run("doctor", "--json")).isZero();
        assertThat(finding(terminal, "secrets"))
                .containsEntry("status", "warning")
                .hasEntrySatisfying(
                        "remedy",
                        remedy -> assertThat(remedy).asString().contains("profiles.dev.secrets"));
        assertThat(finding(terminal, "user configuration"))
                .containsEntry("status", "warning")
                .hasEntrySatisfying(
                        "remedy", remedy -> assertThat(remedy).asString().startsWith("chmod 600"));
    }

    @Test
    void reports_a_file_that_cannot_be_loaded() throws IOException {
        write("tools/bad.yml", "mxcp: 1\ntool: {}\n");

        var terminal = terminal();
        assertThat(terminal.run("doctor", "--json")).isEqualTo(1);
        assertThat(finding(terminal, "endpoints").get("message"))
                .asString()
                .contains("tools/bad.yml");
    }

    @Test
    void reports_a_database_file_that_is_none() throws IOException {
        write("data/db-dev.duckdb", "this is no database, whatever its name says");

        var terminal = terminal();
        assertThat(terminal.run("doctor", "--json")).isEqualTo(1);
        assertThat(finding(terminal, "database")).containsEntry("status", "error");
    }

    @Test
    void reports_a_port_that_is_taken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            user(
                    "transport: {http: {host: 127.0.0.1, port: %d}}\n"
                            .formatted(taken.getLocalPort()));

            var terminal = terminal();
            assertThat(terminal.run("doctor", "--json")).isZero();
            assertThat(finding(terminal, "port")).containsEntry("status", "warning");
        }
    }

    @Test
    void reports_an_interpreter_that_cannot_be_run() throws IOException {
        write(
                "mxcp-site.yml",
                "mxcp: 1\nproject: shop\nprofile: dev\npython: {interpreter: ./none}\n");
        write("python/f.py", "def f():\n    return 1\n");
        write("tools/f.yml", "mxcp: 1\ntool:\n  name: f\n  source: {file: ../python/f.py}\n");

        var terminal = terminal();
        assertThat(terminal.run("doctor", "--json")).isEqualTo(1);
        assertThat(finding(terminal, "python"))
                .containsEntry("status", "error")
                .containsKey("remedy");
    }

    private Terminal terminal() {
        return Terminal.with(folder, environment, folder);
    }

    private static Map<String, Object> finding(Terminal terminal, String check) {
        Map<?, ?> answer = (Map<?, ?>) Objects.requireNonNull(Json.parse(terminal.out()));
        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(answer.get("result"));
        var found = new HashMap<String, Object>();
        for (Object finding : (List<?>) Objects.requireNonNull(result.get("findings"))) {
            Map<?, ?> members = (Map<?, ?>) finding;
            if (check.equals(members.get("check"))) {
                members.forEach((name, value) ->
                        found.put(String.valueOf(name), Objects.requireNonNull(value)));
            }
        }
        assertThat(found).as(check).isNotEmpty();
        return found;
    }

    private void user(String text) throws IOException {
        write(".mxcp/config.yml", "mxcp: 1\n" + text);
        Files.setPosixFilePermissions(
                folder.resolve(".mxcp/config.yml"), PosixFilePermissions.fromString("rw-------"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
