package dev.mxcp.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.project.Catalog;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// cli D2
class SnapshotFileTest {
    @TempDir private Path folder;

    @Test
    void reads_what_it_wrote() {
        Snapshot snapshot = snapshot("2026-03-01T08:00:00+00:00", 0.25);
        Path file = folder.resolve("deep/er/drift-default.json");

        SnapshotFile.write(snapshot, file);

        Snapshot read = SnapshotFile.read(file);
        assertThat(SnapshotFile.hash(read)).isEqualTo(SnapshotFile.hash(snapshot));
        assertThat(compare(read, snapshot).any()).isFalse();
        assertThat(folder.resolve("deep/er")).isDirectoryContaining(file::equals);
    }

    /// Equal states have equal hashes, whenever they were taken.
    @Test
    void leaves_times_out_of_the_hash() {
        assertThat(SnapshotFile.hash(snapshot("2026-03-01T08:00:00+00:00", 0.25)))
                .matches("[0-9a-f]{64}")
                .isEqualTo(SnapshotFile.hash(snapshot("2027-01-01T00:00:00+00:00", 7)));
        assertThat(SnapshotFile.hash(snapshot("2026-03-01T08:00:00+00:00", 0.25)))
                .isNotEqualTo(
                        SnapshotFile.hash(
                                new Snapshot("2026-03-01T08:00:00+00:00", List.of(), List.of())));
    }

    /// The key names of the file and what stands under them.
    @Test
    void writes_the_shape_that_other_readers_know() {
        Map<?, ?> resource =
                (Map<?, ?>)
                        ((List<?>)
                                        java.util.Objects.requireNonNull(
                                                SnapshotFile.plain(snapshot("now", 1))
                                                        .get("resources")))
                                .getFirst();

        assertThat(Json.text(resource))
                .isEqualTo(
                        "{\"validation_results\":{\"status\":\"ok\",\"path\":\"tools/stock.yml\"},"
                                + "\"test_results\":{\"status\":\"ok\",\"tests_run\":1,\"tests\":[{\"name\":\"two left\",\"status\":\"passed\",\"time\":1.0}]},"
                                + "\"definition\":{\"mxcp\":1,\"tool\":{\"name\":\"stock\","
                                + "\"parameters\":[{\"name\":\"day\",\"type\":\"number\",\"minimum\":1.0,\"examples\":[\"2026-01-31\"],\"sensitive\":false}],"
                                + "\"return_\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"sensitive\":false},\"sensitive\":false},"
                                + "\"language\":\"sql\",\"enabled\":true}},"
                                + "\"metadata\":{\"owner\":\"ana\"},\"source_hash\":\"ab\"}");
    }

    /// A baseline of the original from the same project: `return_`, defaults written out, nulls
    /// dropped, limits as fractions, the version as the documentation has it, keys nobody knows.
    @Test
    void finds_no_drift_in_a_baseline_of_the_original() throws IOException {
        Path file = folder.resolve("drift.json");
        Files.writeString(
                file,
                """
                {"version": "1", "generated_at": "2025-01-01T00:00:00Z", "extra": 1,
                 "tables": [{"name": "stock", "columns": [{"name": "city", "type": "VARCHAR", "nullable": true}]}],
                 "resources": [{
                  "validation_results": {"status": "ok", "path": "tools/stock.yml", "more": []},
                  "test_results": {"status": "ok", "tests_run": 1, "no_tests": false,
                    "tests": [{"name": "two left", "status": "passed", "time": 3.5}]},
                  "definition": {"mxcp": 1, "metadata": {"owner": "ana"}, "tool": {"enabled": true, "language": "sql", "name": "stock",
                    "return_": {"sensitive": false, "type": "array", "items": {"type": "string", "sensitive": false}},
                    "parameters": [{"minimum": 1.0, "name": "day", "sensitive": false, "type": "number", "examples": ["2026-01-31"]}]}}}]}
                """);

        assertThat(compare(SnapshotFile.read(file), snapshot("now", 1)).any()).isFalse();
        Files.writeString(file, Files.readString(file).replace("return_", "return"));
        assertThat(compare(SnapshotFile.read(file), snapshot("now", 1)).any()).isFalse();
        Files.writeString(
                file, Files.readString(file).replace("\"minimum\": 1.0", "\"minimum\": 2"));
        assertThat(compare(SnapshotFile.read(file), snapshot("now", 1)).resources())
                .singleElement()
                .satisfies(change -> assertThat(change.definition()).isTrue());
    }

    @Test
    void says_that_there_is_no_snapshot() {
        assertThatThrownBy(() -> SnapshotFile.read(folder.resolve("none.json")))
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("Failed to load baseline snapshot: Snapshot file not found")
                .hasMessageContaining("mxcp drift-snapshot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"version\": 2}", "{}", "7"})
    void refuses_what_is_no_snapshot(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.json"), text);

        assertThatThrownBy(() -> SnapshotFile.read(file))
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("Failed to load baseline snapshot: ")
                .hasMessageContaining("bad.json");
    }

    private static Drift compare(Snapshot baseline, Snapshot current) {
        return new Comparison(new Catalog(List.of(), List.of()), new NoSql())
                .between(baseline, current);
    }

    /// As a project that was loaded has it: short forms, dates as dates, nulls.
    private static Snapshot snapshot(String at, double time) {
        var parameter = new LinkedHashMap<String, @Nullable Object>();
        parameter.put("name", "day");
        parameter.put("type", "number");
        parameter.put("minimum", 1L);
        parameter.put("default", null);
        parameter.put("examples", List.of(LocalDate.of(2026, 1, 31)));
        var tool = new LinkedHashMap<String, @Nullable Object>();
        tool.put("name", "stock");
        tool.put("parameters", List.of(parameter));
        var returns = new LinkedHashMap<String, @Nullable Object>();
        returns.put("type", "array");
        returns.put("items", Map.of("type", "string"));
        tool.put("return", returns);
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("mxcp", "1.0");
        document.put("tool", tool);
        document.put("metadata", Map.of("owner", "ana"));
        var resource =
                new Snapshot.Resource(
                        "tools/stock.yml",
                        new Snapshot.Validation("ok", null),
                        SnapshotFile.tests(tests(time)),
                        Definition.of(document),
                        new LinkedHashMap<>(Map.of("owner", "ana")),
                        "ab");
        return new Snapshot(
                at,
                List.of(
                        new Snapshot.Table(
                                "stock", List.of(new Snapshot.Column("city", "VARCHAR")))),
                List.of(resource));
    }

    private static Map<String, @Nullable Object> tests(double time) {
        var test = new LinkedHashMap<String, @Nullable Object>();
        test.put("name", "two left");
        test.put("status", "passed");
        test.put("time", time);
        var tests = new LinkedHashMap<String, @Nullable Object>();
        tests.put("status", "ok");
        tests.put("tests_run", 1L);
        tests.put("tests", List.of(test));
        return tests;
    }

    private static final class NoSql implements SqlReads {
        @Override
        public SequencedSet<String> tables(String sql) {
            return new LinkedHashSet<>();
        }

        @Override
        public boolean mentions(String sql, String name) {
            return false;
        }
    }
}
