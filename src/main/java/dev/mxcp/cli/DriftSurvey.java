package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.duckdb.SqlText;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.quality.Verdict;
import dev.mxcp.quality.drift.EndpointTests;
import dev.mxcp.quality.drift.Snapshot;
import dev.mxcp.quality.drift.SnapshotMaker;
import dev.mxcp.quality.drift.SqlReads;
import dev.mxcp.quality.testing.TestFilter;
import dev.mxcp.quality.testing.TestRun;
import dev.mxcp.types.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The state of a project now, as both drift commands see it: the joint between `quality.drift` and
/// what validates, tests and queries.
final class DriftSurvey {
    private static final String COLUMNS =
            "SELECT table_name, column_name, data_type FROM duckdb_columns()"
                    + " WHERE NOT internal AND schema_name = 'main'"
                    + " AND database_name = current_database()"
                    + " ORDER BY table_name, column_index";

    private final Workshop workshop;
    private final Engine engine;
    private final Catalog catalog;
    private final Cancellation cancellation;

    DriftSurvey(Workshop workshop, Engine engine, Catalog catalog, Cancellation cancellation) {
        this.workshop = workshop;
        this.engine = engine;
        this.catalog = catalog;
        this.cancellation = cancellation;
    }

    /// Validates every endpoint, runs its tests, reads the tables (cli D1).
    Snapshot take() {
        List<Verdict> verdicts = workshop.validation(engine).validate(catalog);
        long tests = catalog.endpoints().stream().mapToLong(one -> one.file().tests().size()).sum();
        try (var progress = Progress.of(workshop.here().console(), "tests", tests)) {
            return new SnapshotMaker(tests(progress)).take(tables(), verdicts, Instant.now());
        }
    }

    /// One at a time and with each test's own user.
    private EndpointTests tests(Progress progress) {
        var options = new TestRun.Options(null, null, TestFilter.ALL, 1, cancellation);
        var run = new TestRun(engine, options, _ -> progress.step());
        return (Endpoint endpoint) -> TestDocument.results(run.run(List.of(endpoint)).getFirst());
    }

    private List<Snapshot.Table> tables() {
        SequencedMap<String, List<Snapshot.Column>> tables = new LinkedHashMap<>();
        var call = workshop.call(Caller.ANONYMOUS, null, cancellation);
        Object rows = Json.parse(engine.query(COLUMNS, Map.of(), call).json().text());
        for (Object row : (List<?>) (rows == null ? List.of() : rows)) {
            Map<?, ?> column = (Map<?, ?>) row;
            tables.computeIfAbsent(String.valueOf(column.get("table_name")), _ -> new ArrayList<>())
                    .add(
                            new Snapshot.Column(
                                    String.valueOf(column.get("column_name")),
                                    String.valueOf(column.get("data_type"))));
        }
        return tables.entrySet().stream()
                .map(table -> new Snapshot.Table(table.getKey(), table.getValue()))
                .toList();
    }

    /// What the database says about SQL.
    SqlReads reads() {
        return new SqlReads() {
            @Override
            public SequencedSet<String> tables(String sql) {
                return engine.tablesNamedIn(sql);
            }

            @Override
            public boolean mentions(String sql, String name) {
                return SqlText.of(sql).mentions(List.of(name.toLowerCase(Locale.ROOT)));
            }
        };
    }
}
