package dev.mxcp.scenario;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// R3.9, R7.5, R9.2: what `db.connection` and `duckdb.connect` do beyond single calls (project
/// `connection`).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class DuckDbConnectionTest {
    private @Nullable HttpServer server;
    private @Nullable McpClient client;

    @BeforeAll
    void serve(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        server = HttpServer.start(PythonPackages.project("connection", "duckdb", folder));
        client = server.client();
        check("spellings");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            assertThat(server.stop()).isZero();
        }
    }

    /// R9.2.1
    @Test
    void rows_are_computed_when_they_are_read() {
        assertThat(check("rows_on_demand"))
                .isEqualTo(
                        List.of(
                                List.of(nulls(0L), nulls(1L), nulls(2L)),
                                List.of(Map.of("answer", 42L)),
                                "InvalidInputException"));
    }

    @Test
    void a_reader_goes_on_after_other_statements() {
        assertThat(check("reader_survives")).isEqualTo(List.of(1000L, 99_000L));
    }

    @Test
    void a_million_rows_go_to_the_worker_and_back() {
        assertThat(check("million")).isEqualTo(List.of(1_000_000L, 999_999L, "row 0"));
    }

    /// R3.9.1
    @Test
    void passes_for_the_classes_of_the_package() {
        assertThat(check("same_class")).isEqualTo(List.of(true, true));
    }

    /// R7.5
    @Test
    void connects_to_the_served_file_however_its_path_is_written() {
        assertThat(check("spellings")).isEqualTo(Collections.nCopies(5, List.of(7L)));
    }

    /// R7.5
    @Test
    void leaves_other_databases_to_the_package() {
        assertThat(check("others_are_native"))
                .isEqualTo(List.of(List.of("_duckdb", "_duckdb", List.of(List.of(5L))), false));
    }

    /// R7.5
    @Test
    void a_read_only_connection_refuses_writes() {
        assertThat(check("read_only"))
                .isEqualTo(
                        List.of(
                                List.of(List.of(7L)),
                                Collections.nCopies(4, "InvalidInputException"),
                                "InvalidInputException"));
    }

    /// R7.5
    @Test
    void applies_options_of_a_session_and_refuses_others() {
        List<?> seen = (List<?>) requireNonNull(check("configured"));

        assertThat((Object) seen.getFirst()).isEqualTo(List.of("Asia/Tokyo"));
        assertThat(seen.getLast().toString())
                .contains("ConnectionException")
                .contains("memory_limit");
    }

    /// R3.9
    @Test
    void interrupt_ends_the_statement_and_nothing_else() {
        assertThat(check("interrupted"))
                .isEqualTo(List.of("InterruptException", List.of(List.of(1L))));
    }

    /// R7.6.8
    @Test
    void threads_have_sessions_of_their_own_at_once() {
        assertThat(check("threads")).isEqualTo(List.of(7L, 8L, 9L, 10L));
    }

    @Test
    void a_rollback_takes_everything_back() {
        assertThat(check("nested_statement_in_a_transaction")).isEqualTo("CatalogException");
    }

    /// R3.9.3, S98
    @Test
    void a_connection_kept_across_a_reload_says_what_to_do() throws Exception {
        check("keep_and_reload");
        await(() -> requireNonNull(check("after_reload")).toString().contains("take it from"));

        List<?> seen = (List<?>) requireNonNull(check("after_reload"));

        assertThat((List<?>) seen.getFirst())
                .hasSize(7)
                .allSatisfy(use ->
                        assertThat(use.toString())
                                .startsWith("[ConnectionException")
                                .contains("already closed", "take it from db in each call"));
        assertThat((Object) seen.getLast()).isEqualTo(List.of(List.of(3L)));
    }

    /// R7.5, R7.5.1, R9.3.2
    @Test
    void a_payload_opens_the_served_file_with_the_real_package() throws Exception {
        check("rebuild");
        await(() -> check("rebuilt") != null);

        assertThat(check("rebuilt"))
                .isEqualTo(
                        List.of(
                                List.of("_duckdb", "_duckdb"),
                                List.of(List.of(5L), List.of(6L)),
                                "ConnectionException"));
    }

    /// R3.9
    @Test
    void a_function_belongs_to_the_connection_that_created_it() {
        String text = "1 seen by 42";

        assertThat(check("functions_of_a_connection"))
                .isEqualTo(
                        List.of(
                                List.of(List.of(text)),
                                List.of(Map.of("v", "2 seen by 42")),
                                List.of(List.of(5000L)),
                                "CatalogException"));
        assertThat(check("functions_of_another_call")).isEqualTo("CatalogException");
    }

    /// R3.8
    @Test
    void exceptions_can_be_caught_by_the_names_of_their_classes() {
        assertThat(check("classes_to_catch"))
                .isEqualTo(List.of(true, "CatalogException", "AttributeError"));
    }

    /// R3.8, R3.9, R9.12
    @Test
    void works_without_any_package(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        Path project = PythonPackages.project("connection", "bare", folder);

        List<?> classes = seen(project, "classes_to_catch");
        List<?> seen = seen(project, "without_packages");

        assertThat(classes).hasToString("[true, CatalogException, AttributeError]");
        assertThat(seen.getFirst())
                .isEqualTo(
                        "[[(1, 'x', [1, 2])], [('a', 'INTEGER'), ('b', 'VARCHAR'), ('c', 'INTEGER[]')],"
                                + " [(1,)], [(1, 2)], [(Decimal('2.50'),)], ['SELECT 1', 'SELECT 2']]");
        assertThat(seen.getLast().toString())
                .contains(
                        "No module named 'pandas'",
                        "No module named 'pyarrow'",
                        "CatalogException");
    }

    private static List<?> seen(Path project, String name) {
        Map<String, @Nullable Object> outcome =
                PythonPackages.run(project, "check", "name=" + name);
        return (List<?>) requireNonNull(outcome.get("seen"));
    }

    /// Files of frames go, whatever happens to the worker.
    @Test
    void a_killed_worker_leaves_no_files() throws Exception {
        List<?> folders = (List<?>) requireNonNull(check("my_frames"));
        assertThat(folders).hasSize(1);
        Path left = Path.of(String.valueOf(folders.getFirst()));
        assertThat(left).isDirectory();

        assertThat(requireNonNull(client).call("check", Map.of("name", "die")).failure())
                .contains("Python worker stopped");

        await(() -> Files.notExists(left));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come true").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private static List<@Nullable Object> nulls(long first) {
        return Arrays.asList(first, null);
    }

    private @Nullable Object check(String name) {
        Object value = requireNonNull(client).call("check", Map.of("name", name)).value();
        return McpClient.object(value).get("seen");
    }
}
