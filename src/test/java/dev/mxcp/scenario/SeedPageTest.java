package dev.mxcp.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The page on Python endpoints that existing projects were written by: its examples run as they
/// stand there (project `seed`).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class SeedPageTest {
    private @Nullable HttpServer server;
    private @Nullable McpClient client;

    @BeforeAll
    void serve(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        Path project = Product.copy(Path.of("src/test/projects/seed"), folder);
        server =
                HttpServer.start(
                        project,
                        Map.of(
                                "MXCP_CONFIG",
                                project.resolve("user-config.yml").toString(),
                                "SEED_API_KEY",
                                "api-key-123"),
                        "--debug");
        client = server.client();
    }

    @AfterAll
    void stops_with_its_shutdown_hooks() {
        HttpServer stopped = requireNonNull(server);

        assertThat(stopped.stop()).isZero();
        assertThat(stopped.log()).contains("API client initialized").contains("API client closed");
    }

    @Test
    void basic_example() {
        assertThat(value("get_customer_summary", Map.of("customer_id", 7)))
                .isEqualTo(
                        Map.of(
                                "id",
                                7L,
                                "name",
                                "Otto Lindgren",
                                "email",
                                "otto@harbour.example",
                                "order_count",
                                3L));
    }

    /// The error dict lacks the declared properties; they are optional.
    @Test
    void basic_example_with_an_unknown_customer() {
        assertThat(McpClient.object(value("get_customer_summary", Map.of("customer_id", 8))))
                .containsEntry("error", "Customer not found");
    }

    @Test
    void shared_modules() {
        assertThat(
                        value(
                                "validate_customer",
                                Map.of("email", "otto@harbour.example", "phone", "030-123 4567")))
                .isEqualTo(Map.of("email_valid", true, "phone_formatted", "(030) 123-4567"));
    }

    @Test
    void return_types() {
        assertThat(value("list_products", Map.of()))
                .isEqualTo(
                        List.of(
                                Map.of("id", 1L, "name", "Product A"),
                                Map.of("id", 2L, "name", "Product B")));
        assertThat(value("get_stats", Map.of()))
                .isEqualTo(Map.of("total_users", 1000L, "active_users", 750L));
        assertThat(value("count_orders", Map.of())).isEqualTo(3L);
    }

    @Test
    void habits() {
        assertThat(call("safe_divide", Map.of("a", 1, "b", 4)).structured())
                .containsEntry("result", 0.25);
        assertThat(value("safe_divide", Map.of("a", 1, "b", 0)))
                .isEqualTo(Map.of("error", "Division by zero"));
        assertThat(value("process_order", Map.of("order_id", 501)))
                .isEqualTo(Map.of("processed", true));
        requireNonNull(server).awaitLogged("Processing order 501", "order 501 is in process");
    }

    @Test
    void configuration_and_secrets() {
        Map<String, @Nullable Object> settings = McpClient.object(value("settings", Map.of()));

        assertThat(settings)
                .containsEntry("api_key", "api-key-123")
                .containsEntry("headers", Map.of("X-API-Key", "key"))
                .containsEntry("unknown", null)
                .containsEntry("project", "seed")
                .containsEntry("debug", false)
                .containsEntry("site", "seed");
    }

    @Test
    void raw_connection() {
        assertThat(value("on_one_connection", Map.of())).isEqualTo(42L);
    }

    @Test
    void async_functions() {
        assertThat(value("fetch_weather", Map.of("city", "Bern")))
                .isEqualTo(Map.of("city", "Bern", "degrees", List.of(1.5, 2L)));
    }

    private @Nullable Object value(String tool, Map<String, ?> arguments) {
        return call(tool, arguments).value();
    }

    private McpClient.Answer call(String tool, Map<String, ?> arguments) {
        return requireNonNull(client).call(tool, arguments);
    }
}
