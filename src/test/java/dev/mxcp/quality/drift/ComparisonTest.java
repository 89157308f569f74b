package dev.mxcp.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.ProjectLoader;
import dev.mxcp.quality.drift.Drift.Change;
import dev.mxcp.quality.drift.Drift.Severity;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// cli D3, G5: each single change gives exactly the expected entry.
class ComparisonTest {
    private static final Snapshot.Column CITY = new Snapshot.Column("city", "VARCHAR");
    private static final Snapshot.Column LEFT = new Snapshot.Column("left", "INTEGER");
    private static final Snapshot.Table STOCK = new Snapshot.Table("stock", List.of(CITY, LEFT));

    @Test
    void finds_nothing_between_equal_states() {
        Snapshot state = state(List.of(STOCK), resource("tools/a.yml", "{}"));

        assertThat(compare(state, state).any()).isFalse();
    }

    /// Times and messages of tests, key order and the order of columns do not count.
    @Test
    void ignores_what_has_no_meaning() {
        var baseline =
                state(
                        List.of(STOCK),
                        resource(
                                "tools/a.yml",
                                "{\"status\":\"failed\",\"tests_run\":1,\"tests\":[{\"name\":\"x\",\"status\":\"failed\",\"error\":\"5\",\"time\":0.5}]}"));
        var current =
                state(
                        List.of(new Snapshot.Table("stock", List.of(LEFT, CITY))),
                        resource(
                                "tools/a.yml",
                                "{\"tests_run\":1,\"tests\":[{\"time\":9,\"name\":\"x\",\"status\":\"failed\",\"error\":\"6\"}],\"status\":\"failed\"}"));

        assertThat(compare(baseline, current).any()).isFalse();
    }

    @Test
    void lists_the_columns_of_added_and_removed_tables() {
        Snapshot with = state(List.of(STOCK));
        Snapshot without = state(List.of());

        assertThat(compare(without, with).tables())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.change()).isEqualTo(Change.ADDED);
                    assertThat(change.added()).containsExactly(CITY, LEFT);
                    assertThat(change.severity()).isEqualTo(Severity.NOTICE);
                });
        assertThat(compare(with, without).tables())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.change()).isEqualTo(Change.REMOVED);
                    assertThat(change.removed()).containsExactly(CITY, LEFT);
                });
    }

    @Test
    void tells_columns_that_are_new_gone_or_of_another_type() {
        var now =
                new Snapshot.Table(
                        "stock",
                        List.of(
                                new Snapshot.Column("left", "BIGINT"),
                                new Snapshot.Column("shelf", "VARCHAR")));

        assertThat(compare(state(List.of(STOCK)), state(List.of(now))).tables())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.change()).isEqualTo(Change.MODIFIED);
                    assertThat(change.added())
                            .containsExactly(new Snapshot.Column("shelf", "VARCHAR"));
                    assertThat(change.removed()).containsExactly(CITY);
                    assertThat(change.modified())
                            .containsExactly(new Drift.ColumnChange("left", "INTEGER", "BIGINT"));
                });
    }

    /// Issue 6, item 5: a table or column that an endpoint needs
    @Test
    void says_which_endpoints_need_what_has_changed(@TempDir Path folder) throws IOException {
        Catalog catalog =
                catalog(
                        folder,
                        Map.of(
                                "by_city", "SELECT \\\"left\\\" FROM stock WHERE city = 'Bern'",
                                "all_of_it", "SELECT * FROM stock",
                                "cities", "SELECT city FROM stock",
                                "other", "SELECT \\\"left\\\" FROM returns"));
        var wider =
                new Snapshot.Table("stock", List.of(CITY, new Snapshot.Column("left", "BIGINT")));

        Drift retyped =
                new Comparison(catalog, new WordsOfSql())
                        .between(state(List.of(STOCK)), state(List.of(wider)));
        assertThat(retyped.tables().getFirst().neededBy())
                .containsExactlyInAnyOrder("tool/by_city", "tool/all_of_it");
        assertThat(retyped.tables().getFirst().severity()).isEqualTo(Severity.BREAKING);

        Drift gone =
                new Comparison(catalog, new WordsOfSql())
                        .between(state(List.of(STOCK)), state(List.of()));
        assertThat(gone.tables().getFirst().neededBy())
                .containsExactlyInAnyOrder("tool/by_city", "tool/all_of_it", "tool/cities");

        Drift grown =
                new Comparison(catalog, new WordsOfSql())
                        .between(
                                state(List.of(new Snapshot.Table("stock", List.of(LEFT)))),
                                state(List.of(STOCK)));
        assertThat(grown.tables().getFirst().severity()).isEqualTo(Severity.NOTICE);
    }

    @Test
    void takes_a_renamed_file_for_one_removed_and_one_added() {
        Drift drift =
                compare(
                        state(List.of(), resource("tools/a.yml", "{}")),
                        state(List.of(), resource("tools/b.yml", "{}")));

        assertThat(drift.resources())
                .extracting(change -> change.change() + " " + change.path())
                .containsExactly("ADDED tools/b.yml", "REMOVED tools/a.yml");
        assertThat(drift.resources())
                .extracting(Drift.ResourceChange::severity)
                .containsExactly(Severity.NOTICE, Severity.BREAKING);
    }

    @Test
    void tells_a_changed_description_from_changed_tests_and_validation() {
        Snapshot.Resource before = resource("tools/a.yml", "{\"status\":\"ok\",\"tests_run\":1}");
        var described =
                new Snapshot.Resource(
                        before.path(),
                        before.validation(),
                        before.tests(),
                        Definition.of(definition("another description")),
                        null,
                        null);
        assertThat(only(before, described))
                .isEqualTo(
                        new Drift.ResourceChange(
                                "tools/a.yml", "tool/a", Change.MODIFIED, null, null, true, false));

        var failing = resource("tools/a.yml", "{\"status\":\"failed\",\"tests_run\":1}");
        assertThat(only(before, failing).tests()).isEqualTo(new Drift.Statuses("ok", "failed"));
        assertThat(only(before, failing).definition()).isFalse();

        var invalid =
                new Snapshot.Resource(
                        before.path(),
                        new Snapshot.Validation("error", "no table stock"),
                        before.tests(),
                        before.definition(),
                        null,
                        null);
        assertThat(only(before, invalid).validation()).isEqualTo(new Drift.Statuses("ok", "error"));
        assertThat(only(before, invalid).severity()).isEqualTo(Severity.BREAKING);
    }

    /// A hash of the source counts only when both sides have one (cli D2).
    @Test
    void compares_source_files_when_both_sides_know_them() {
        Snapshot.Resource none = resource("tools/a.yml", "{}");
        Snapshot.Resource one = withHash(none, "11");

        assertThat(compare(state(List.of(), none), state(List.of(), one)).any()).isFalse();
        assertThat(only(one, withHash(none, "22")).source()).isTrue();
    }

    private static Snapshot.Resource withHash(Snapshot.Resource of, String hash) {
        return new Snapshot.Resource(
                of.path(), of.validation(), of.tests(), of.definition(), of.metadata(), hash);
    }

    private static Drift.ResourceChange only(Snapshot.Resource before, Snapshot.Resource now) {
        List<Drift.ResourceChange> changes =
                compare(state(List.of(), before), state(List.of(), now)).resources();
        assertThat(changes).hasSize(1);
        return changes.getFirst();
    }

    private static Drift compare(Snapshot baseline, Snapshot current) {
        return new Comparison(new Catalog(List.of(), List.of()), new WordsOfSql())
                .between(baseline, current);
    }

    private static Snapshot state(List<Snapshot.Table> tables, Snapshot.Resource... resources) {
        return new Snapshot("2026-03-01T08:00:00+00:00", tables, List.of(resources));
    }

    private static Snapshot.Resource resource(String path, String tests) {
        return new Snapshot.Resource(
                path,
                new Snapshot.Validation("ok", null),
                SnapshotFile.tests(members(Json.parse(tests))),
                Definition.of(definition("What is left")),
                null,
                null);
    }

    private static Map<String, @Nullable Object> definition(String description) {
        return members(
                Json.parse(
                        "{\"mxcp\":1,\"tool\":{\"name\":\"a\",\"description\":\"%s\"}}"
                                .formatted(description)));
    }

    private static Map<String, @Nullable Object> members(@Nullable Object value) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        ((Map<?, ?>) java.util.Objects.requireNonNull(value))
                .forEach((name, member) -> members.put(String.valueOf(name), member));
        return members;
    }

    private static Catalog catalog(Path folder, Map<String, String> tools) throws IOException {
        Files.createDirectories(folder.resolve("tools"));
        Files.writeString(
                folder.resolve("mxcp-site.yml"), "mxcp: 1\nproject: shop\nprofile: dev\n");
        for (var tool : tools.entrySet()) {
            Files.writeString(
                    folder.resolve("tools/" + tool.getKey() + ".yml"),
                    "mxcp: 1\ntool:\n  name: %s\n  source: {code: \"%s\"}\n"
                            .formatted(tool.getKey(), tool.getValue()));
        }
        return CatalogLoader.load(
                ProjectLoader.load(
                        new ProjectLoader.Options(folder, null, null, false, Map.of(), folder)));
    }

    /// Stands in for the database: every word behind FROM is a table.
    private static final class WordsOfSql implements SqlReads {
        @Override
        public SequencedSet<String> tables(String sql) {
            var words = new ArrayList<>(List.of(sql.split("\\W+", -1)));
            return new LinkedHashSet<>(List.of(words.get(words.indexOf("FROM") + 1)));
        }

        @Override
        public boolean mentions(String sql, String name) {
            return List.of(sql.split("\\W+", -1)).contains(name);
        }
    }
}
