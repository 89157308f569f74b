package dev.mxcp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each command works on `examples/quickstart` right after a clone: every test has a fresh copy.
/// Serving it is [OfficialClientsTest]'s.
@Timeout(120)
final class QuickstartTest {
    private @TempDir @Nullable Path folder;

    @Test
    void lists_everything_without_making_a_database() {
        List<?> endpoints = (List<?>) result(Map.class, "list").get("endpoints");

        assertThat(endpoints)
                .hasSize(12)
                .allSatisfy(entry -> assertThat(((Map<?, ?>) entry).get("error")).isEqualTo(""));
        assertThat(project().resolve("data/db-default.duckdb")).doesNotExist();
    }

    @Test
    void every_endpoint_is_valid() {
        Map<?, ?> result = result(Map.class, "validate");

        assertThat(result.get("status")).as(String.valueOf(result)).isEqualTo("ok");
        assertThat((List<?>) result.get("validated")).hasSize(12);
    }

    @Test
    void runs_a_sql_tool() {
        assertThat(result(Long.class, "run", "tool", "count_trips", "-p", "rider=member"))
                .isEqualTo(314L);
    }

    @Test
    void runs_a_python_tool() {
        assertThat(
                        (Object)
                                result(
                                        List.class,
                                        "run",
                                        "tool",
                                        "nearest_stations",
                                        "-p",
                                        "position={\"lat\": 54.3213, \"lon\": 10.1488}",
                                        "-p",
                                        "limit=1"))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "id",
                                        1L,
                                        "name",
                                        "Fischmarkt",
                                        "docks",
                                        24L,
                                        "metres",
                                        0L)));
    }

    @Test
    void runs_a_resource_by_its_uri() {
        assertThat(result(String.class, "run", "resource", "bikes://stations/3/card"))
                .startsWith("# Möwenplatz");
    }

    @Test
    void runs_a_prompt() {
        List<?> messages =
                result(
                        List.class,
                        "run",
                        "prompt",
                        "plan_day_out",
                        "-p",
                        "district=north",
                        "-p",
                        "riders=4");

        assertThat(messages).hasSize(3);
        assertThat(String.valueOf(messages.get(1))).contains("at least 8 docks");
    }

    @Test
    void queries_the_tables_that_the_hook_made() {
        assertThat((Object) result(List.class, "query", "SELECT count(*) AS trips FROM trip"))
                .isEqualTo(List.of(Map.of("trips", 564L)));
    }

    /// Runs a command with JSON output and gives its result.
    private <T> T result(Class<T> type, String... command) {
        Path project =
                folder == null || project().toFile().exists()
                        ? project()
                        : Product.copy(Path.of("examples/quickstart"), folder);
        String[] arguments =
                Stream.of(
                                Stream.of("-C", project.toString()),
                                Stream.of(command),
                                Stream.of("--json-output"))
                        .flatMap(part -> part)
                        .toArray(String[]::new);
        Commands.Ended ended = Commands.run(Product.command(arguments), Path.of(""));
        assertThat(ended.status()).as(ended.all()).isZero();
        Map<String, @Nullable Object> document =
                McpClient.object(Json.parse(ended.standardOutput()));
        assertThat(document).containsEntry("status", "ok");
        return Objects.requireNonNull(type.cast(document.get("result")));
    }

    private Path project() {
        if (folder == null) {
            throw new AssertionError("no folder");
        }
        return folder.resolve("quickstart");
    }
}
