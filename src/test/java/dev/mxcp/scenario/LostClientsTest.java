package dev.mxcp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
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
        String limits = "call_timeout: none, abandoned_after: none, connection_wait: 1s";
        try (HttpServer server = serve(folder, limits)) {
            McpClient lost = server.client();
            for (int i = 0; i < MANY; i++) {
                lost.drop("count_for_ever");
            }

            assertThat(refused(lost)).contains("24 database sessions");
            assertThat(server.client().call("one", Map.of()).value()).isEqualTo(1L);
        }
    }

    /// The first attempts may come before what was dropped.
    private static String refused(McpClient client) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return client.call("one", Map.of()).failure();
            } catch (AssertionError served) {
                if (System.nanoTime() > end) {
                    throw served;
                }
            }
        }
    }

    @Test
    void many_of_them_are_ended_by_the_time_limit(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        try (HttpServer server = serve(folder, "call_timeout: 3s, abandoned_after: none")) {
            for (int i = 0; i < MANY; i++) {
                server.client().drop("count_for_ever");
            }

            assertThat(server.client().call("one", Map.of()).value()).isEqualTo(1L);
            server.awaitLogged("time limit of 3s reached (limits.call_timeout)");
        }
    }

    /// Nothing but the loss of the clients ends these.
    @Test
    void work_goes_on_for_a_while_after_its_client_and_then_ends(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        String limits =
                "connections: 2, connection_wait: 60s, call_timeout: none, abandoned_after: 1s";
        try (HttpServer server = serve(folder, limits)) {
            server.client().drop("count_for_ever");
            server.client().drop("count_for_ever");

            assertThat(server.client().call("one", Map.of()).value()).isEqualTo(1L);
            server.awaitLogged("cancelled: its client has been gone");
        }
    }

    private static HttpServer serve(Path folder, String limits) {
        Path project = Product.copy(Path.of("src/test/projects/lost"), folder);
        try {
            Files.writeString(
                    project.resolve("mxcp-site.yml"),
                    "\nlimits: {stop_wait: 0s, %s}\n".formatted(limits),
                    StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return HttpServer.start(project, Map.of(), "--log-level", "INFO");
    }
}
