package dev.mxcp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Clients that ask for endless work and drop their connections, which must not count as
/// cancellation (M7.12): they hold a part of the database only, and not for ever.
@Timeout(120)
final class LostClientsTest {
    /// More than there are database sessions.
    private static final int MANY = 40;

    @Test
    void one_of_them_leaves_something_to_the_others_and_gets_its_own_back(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        try (HttpServer server = serve(folder)) {
            McpClient lost = server.client();
            for (int i = 0; i < MANY; i++) {
                lost.drop("count_for_ever");
            }

            assertThat(server.client().call("one", Map.of()).value()).isEqualTo(1L);
            assertThat(server.log()).doesNotContain("time limit");
            assertThat(lost.call("one", Map.of()).value()).isEqualTo(1L);
            server.awaitLogged("time limit of 3s reached (limits.call_timeout)");
        }
    }

    @Test
    void many_of_them_are_ended_by_the_time_limit(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        try (HttpServer server = serve(folder)) {
            for (int i = 0; i < MANY; i++) {
                server.client().drop("count_for_ever");
            }

            assertThat(server.client().call("one", Map.of()).value()).isEqualTo(1L);
        }
    }

    /// Nothing but the loss of the clients ends these.
    @Test
    void work_goes_on_for_a_while_after_its_client_and_then_ends(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        Path project = Product.copy(Path.of("src/test/projects/lost"), folder);
        Files.writeString(
                project.resolve("mxcp-site.yml"),
                """
                mxcp: 1
                project: lost
                profile: default
                limits: {connections: 2, connection_wait: 60s, call_timeout: none, abandoned_after: 1s}
                """);
        try (HttpServer server = started(project)) {
            server.client().drop("count_for_ever");
            server.client().drop("count_for_ever");

            assertThat(server.client().call("one", Map.of()).value()).isEqualTo(1L);
            server.awaitLogged("cancelled: its client has been gone");
        }
    }

    private static HttpServer serve(Path folder) {
        return started(Product.copy(Path.of("src/test/projects/lost"), folder));
    }

    private static HttpServer started(Path project) {
        return HttpServer.start(project, Map.of(), "--log-level", "INFO");
    }
}
