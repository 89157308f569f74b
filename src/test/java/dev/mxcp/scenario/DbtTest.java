package dev.mxcp.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// R7.6.7, R7.6.8: dbt's Python API in an endpoint, on the database that the server holds (project
/// `dbt-inside`): a seed, a view, tables, an incremental model, Python models, a snapshot, tests.
@Timeout(300)
final class DbtTest {
    private static final List<String> MODELS =
            List.of(
                    "arrivals",
                    "doubled",
                    "heavy",
                    "lightest",
                    "parcels",
                    "parcels_over_time",
                    "towns");

    private @Nullable HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void builds_twice_while_others_read(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        server = HttpServer.start(PythonPackages.project("dbt-inside", "dbt", folder));
        McpClient client = server.client();

        built(client);
        assertThat(ask(client, "SELECT id, doubled FROM doubled ORDER BY id"))
                .isEqualTo(
                        List.of(
                                Map.of("id", 1L, "doubled", 5.0),
                                Map.of("id", 3L, "doubled", 24.0)));

        McpClient reader = server.client();
        var again = CompletableFuture.runAsync(() -> built(client));
        do {
            // the old table or the new one, but never none
            assertThat(ask(reader, "SELECT count(*) AS n FROM heavy"))
                    .isEqualTo(List.of(Map.of("n", 2L)));
        } while (!again.isDone());
        again.get(60, TimeUnit.SECONDS);
    }

    private static void built(McpClient client) {
        Map<String, @Nullable Object> outcome =
                McpClient.object(
                        client.call("build", Map.of("arguments", List.of("build"))).value());

        assertThat(outcome.get("success")).as(outcome.toString()).isEqualTo(true);
        assertThat(requireNonNull(outcome.get("tables"))).isEqualTo(MODELS);
        assertThat(McpClient.object(outcome.get("nodes"))).hasSize(11);
    }

    private static @Nullable Object ask(McpClient client, String query) {
        return client.call("ask", Map.of("query", query)).value();
    }
}
