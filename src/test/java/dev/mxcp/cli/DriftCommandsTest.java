package dev.mxcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// cli D1-D4, G5: real project, real database
class DriftCommandsTest {
    @TempDir private Path folder;

    @BeforeEach
    void makeProject() throws IOException {
        write(
                "mxcp-site.yml",
                "mxcp: 1\nproject: shop\nprofile: default\nprofiles: {default: {}, staging: {}}\n");
        write(
                "tools/stock.yml",
                """
                mxcp: 1
                metadata: {owner: ana}
                tool:
                  name: stock
                  description: What is left
                  parameters: [{name: city, type: string, description: City}]
                  return: {type: array}
                  source: {file: ../sql/stock.sql}
                  tests:
                    - {name: two left, arguments: [{key: city, value: Bern}], result_length: 1}
                """);
        write("sql/stock.sql", "SELECT city, amount FROM stock WHERE city = $city\n");
        write(
                "tools/one.yml",
                "mxcp: 1\ntool:\n  name: one\n  source: {code: 'SELECT 1 AS one'}\n");
        sql("CREATE TABLE stock (city VARCHAR, amount INTEGER)");
        sql("INSERT INTO stock VALUES ('Bern', 2)");
        sql("CREATE VIEW busy AS SELECT city FROM stock WHERE amount > 1");
        sql("CREATE SCHEMA other");
        sql("CREATE TABLE other.stock (secret DECIMAL(10,2))");
    }

    @Test
    void keeps_tables_views_definitions_tests_and_hashes() throws IOException {
        Map<?, ?> result = result(run(0, "drift-snapshot", "--json-output"));

        assertThat(result.get("path")).isEqualTo(folder.resolve("drift/drift-default.json") + "");
        assertThat(String.valueOf(result.get("drift_hash"))).matches("[0-9a-f]{64}");
        Map<?, ?> file = (Map<?, ?>) Objects.requireNonNull(Json.parse(snapshot()));
        assertThat(file.keySet())
                .asString()
                .isEqualTo("[version, generated_at, tables, resources]");
        assertThat(file.get("version")).isEqualTo(1L);
        assertThat(Json.text(file.get("tables")))
                .isEqualTo(
                        "[{\"name\":\"busy\",\"columns\":[{\"name\":\"city\",\"type\":\"VARCHAR\"}]},"
                                + "{\"name\":\"stock\",\"columns\":[{\"name\":\"city\",\"type\":\"VARCHAR\"},{\"name\":\"amount\",\"type\":\"INTEGER\"}]}]");
        Map<?, ?> stock =
                (Map<?, ?>) ((List<?>) Objects.requireNonNull(file.get("resources"))).get(1);
        assertThat(stock.keySet())
                .asString()
                .isEqualTo("[validation_results, test_results, definition, metadata, source_hash]");
        assertThat(Json.text(stock.get("validation_results")))
                .isEqualTo("{\"status\":\"ok\",\"path\":\"tools/stock.yml\"}");
        assertThat(Json.text(stock.get("test_results")))
                .startsWith("{\"status\":\"ok\",\"tests_run\":1,")
                .contains("\"name\":\"two left\"", "\"status\":\"passed\"");
    }

    @Test
    void gives_equal_states_equal_hashes_and_finds_no_drift() {
        Object first = result(run(0, "drift-snapshot", "--json")).get("drift_hash");
        Object second = result(run(0, "drift-snapshot", "--force", "--json")).get("drift_hash");
        assertThat(second).isEqualTo(first);

        Map<?, ?> report = result(run(0, "drift-check", "--json"));
        assertThat(report.keySet())
                .asString()
                .isEqualTo(
                        "[version, generated_at, baseline_snapshot_path, current_snapshot_generated_at, baseline_snapshot_generated_at, has_drift, summary, table_changes, resource_changes]");
        assertThat(report.get("has_drift")).isEqualTo(false);
        assertThat(report.get("baseline_snapshot_path")).isEqualTo("drift/drift-default.json");
        assertThat(run(0, "drift-check").out()).contains("NO DRIFT DETECTED");
    }

    @Test
    void overwrites_only_by_force_and_writes_nothing_in_a_dry_run() throws IOException {
        Terminal dry = run(0, "drift-snapshot", "--dry-run");
        assertThat(dry.out()).contains("\"tables\": [", "nothing was written");
        assertThat(folder.resolve("drift")).doesNotExist();

        run(0, "drift-snapshot");
        String before = snapshot();
        Terminal refused = run(1, "drift-snapshot", "--json");
        assertThat(refused.out()).contains("exists already", "--force");
        assertThat(Json.parse(refused.out())).isInstanceOf(Map.class);
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void tells_a_column_whose_type_changed_and_who_needs_it() {
        run(0, "drift-snapshot");
        sql("DROP VIEW busy");
        sql("ALTER TABLE stock ALTER amount TYPE BIGINT");
        sql("ALTER TABLE stock ADD COLUMN shelf VARCHAR");

        Map<?, ?> report = result(run(1, "drift-check", "--json"));

        assertThat(Json.text(report.get("summary")))
                .isEqualTo(
                        "{\"tables_added\":0,\"tables_removed\":1,\"tables_modified\":1,\"resources_added\":0,\"resources_removed\":0,\"resources_modified\":0}");
        assertThat(Json.text(report.get("table_changes")))
                .isEqualTo(
                        "[{\"name\":\"busy\",\"change_type\":\"removed\",\"columns_removed\":[{\"name\":\"city\",\"type\":\"VARCHAR\"}],\"severity\":\"notice\"},"
                                + "{\"name\":\"stock\",\"change_type\":\"modified\",\"columns_added\":[{\"name\":\"shelf\",\"type\":\"VARCHAR\"}],"
                                + "\"columns_modified\":[{\"name\":\"amount\",\"old_type\":\"INTEGER\",\"new_type\":\"BIGINT\"}],"
                                + "\"severity\":\"breaking\",\"needed_by\":[\"tool/stock\"]}]");
        assertThat(run(1, "drift-check").out())
                .contains(
                        "DRIFT DETECTED",
                        "- busy: 1 column",
                        "~ stock: 1 column added, 1 column of another type  breaking",
                        "needed by tool/stock");
        assertThat(run(1, "drift-check", "--debug").out())
                .contains("+ shelf VARCHAR", "~ amount INTEGER → BIGINT");
    }

    @Test
    void tells_a_test_that_fails_now() {
        run(0, "drift-snapshot");
        sql("INSERT INTO stock VALUES ('Bern', 9)");

        Map<?, ?> report = result(run(1, "drift-check", "--json"));

        assertThat(Json.text(report.get("resource_changes")))
                .isEqualTo(
                        "[{\"path\":\"tools/stock.yml\",\"endpoint\":\"tool/stock\",\"change_type\":\"modified\",\"validation_changed\":false,\"test_results_changed\":true,"
                                + "\"definition_changed\":false,\"details\":{\"test_changes\":{\"old_status\":\"ok\",\"new_status\":\"failed\"}},\"severity\":\"breaking\"}]");
    }

    @Test
    void tells_changed_definitions_and_sources_and_files_that_come_and_go() throws IOException {
        run(0, "drift-snapshot");
        write(
                "tools/one.yml",
                "mxcp: 1\ntool:\n  name: one\n  description: new\n  source: {code: 'SELECT 1 AS one'}\n");
        write("sql/stock.sql", "SELECT city, amount FROM stock WHERE city = $city -- better\n");
        write("tools/two.yml", "mxcp: 1\ntool: {}\n");

        String changes = Json.text(result(run(1, "drift-check", "--json")).get("resource_changes"));

        assertThat(changes)
                .isEqualTo(
                        "[{\"path\":\"tools/two.yml\",\"change_type\":\"added\",\"details\":{\"added_resource\":true},\"severity\":\"notice\"},"
                                + "{\"path\":\"tools/one.yml\",\"endpoint\":\"tool/one\",\"change_type\":\"modified\",\"validation_changed\":false,\"test_results_changed\":false,\"definition_changed\":true,\"severity\":\"notice\"},"
                                + "{\"path\":\"tools/stock.yml\",\"endpoint\":\"tool/stock\",\"change_type\":\"modified\",\"validation_changed\":false,\"test_results_changed\":false,\"definition_changed\":false,\"source_changed\":true,\"severity\":\"notice\"}]");

        Files.delete(folder.resolve("tools/two.yml"));
        Files.delete(folder.resolve("tools/one.yml"));
        assertThat(Json.text(result(run(1, "drift-check", "--json")).get("resource_changes")))
                .contains(
                        "{\"path\":\"tools/one.yml\",\"endpoint\":\"tool/one\",\"change_type\":\"removed\",\"details\":{\"removed_resource\":true},\"severity\":\"breaking\"}");
    }

    /// cli D4: the state of one profile against another's baseline
    @Test
    void compares_with_the_baseline_that_is_named() throws IOException {
        run(0, "drift-snapshot");

        Terminal staging =
                run(
                        1,
                        "drift-check",
                        "--profile",
                        "staging",
                        "--baseline",
                        "drift/drift-default.json",
                        "--readonly",
                        "--json");
        assertThat(staging.out()).contains("\"tables_removed\": 2");

        assertThat(run(1, "drift-check", "--baseline", "none.json", "--json").out())
                .contains("Failed to load baseline snapshot: Snapshot file not found");
        assertThat(run(1, "drift-check", "--profile", "staging").err())
                .contains("Snapshot file not found");
    }

    private void sql(String text) {
        run(0, "query", text);
    }

    private String snapshot() throws IOException {
        return Files.readString(folder.resolve("drift/drift-default.json"));
    }

    private Terminal run(int code, String... line) {
        var terminal = Terminal.piped(folder);
        assertThat(terminal.run(line)).as(terminal.out() + terminal.err()).isEqualTo(code);
        return terminal;
    }

    private static Map<?, ?> result(Terminal terminal) {
        Map<?, ?> answer = (Map<?, ?>) Objects.requireNonNull(Json.parse(terminal.out()));
        return (Map<?, ?>) Objects.requireNonNull(answer.get("result"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
