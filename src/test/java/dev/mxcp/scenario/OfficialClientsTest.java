package dev.mxcp.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The official Python and TypeScript clients list and call everything in `examples/quickstart`,
/// over HTTP and over stdio. What they expect stands in `src/test/clients/expected.json`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
final class OfficialClientsTest {
    private static final String EXPECTED =
            OfficialClients.SOURCES.resolve("expected.json").toAbsolutePath().toString();

    private @Nullable HttpServer server;

    @BeforeAll
    void serve(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path served) {
        server = HttpServer.start(Product.copy(Path.of("examples/quickstart"), served));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            assertThat(server.stop())
                    .as("exit status after SIGTERM; it said:\n%s", server.log())
                    .isZero();
        }
    }

    @Test
    void the_python_client_calls_everything_over_http() {
        succeeds(OfficialClients.python(), overHttp());
    }

    @Test
    void the_python_client_calls_everything_over_stdio(@TempDir Path folder) {
        succeeds(OfficialClients.python(), overStdio(folder));
    }

    @Test
    void the_typescript_client_calls_everything_over_http() {
        assumeTrue(OfficialClients.nodeIsThere(), "the TypeScript client needs node 20 and npm");

        succeeds(OfficialClients.typescript(), overHttp());
    }

    @Test
    void the_typescript_client_calls_everything_over_stdio(@TempDir Path folder) {
        assumeTrue(OfficialClients.nodeIsThere(), "the TypeScript client needs node 20 and npm");

        succeeds(OfficialClients.typescript(), overStdio(folder));
    }

    private List<String> overHttp() {
        if (server == null) {
            throw new AssertionError("no server");
        }
        return List.of(EXPECTED, "http", server.endpoint().toString());
    }

    private static List<String> overStdio(Path folder) {
        Path project = Product.copy(Path.of("examples/quickstart"), folder);
        var arguments = new ArrayList<String>(List.of(EXPECTED, "stdio"));
        arguments.addAll(
                Product.command("-C", project.toString(), "serve", "--transport", "stdio"));
        return arguments;
    }

    private static void succeeds(List<String> client, List<String> arguments) {
        List<String> command = Stream.concat(client.stream(), arguments.stream()).toList();
        Commands.Ended ended = Commands.run(command, Path.of(""));

        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.standardOutput()).contains("as expected");
    }
}
