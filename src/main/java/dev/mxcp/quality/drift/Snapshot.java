package dev.mxcp.quality.drift;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state of a project and its database at one time (cli D2). Immutable.
///
/// @param generatedAt ISO 8601, UTC
/// @param resources one for each endpoint file of any kind; the name is historic
public record Snapshot(String generatedAt, List<Table> tables, List<Resource> resources) {
    /// The one version of the file.
    public static final int VERSION = 1;

    public Snapshot {
        tables = List.copyOf(tables);
        resources = List.copyOf(resources);
    }

    /// A table or view.
    ///
    /// @param columns in the order of the table
    public record Table(String name, List<Column> columns) {
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /// A column with DuckDB's text for its type.
    public record Column(String name, String type) {}

    /// An endpoint file.
    ///
    /// @param path below the project's root
    /// @param tests what `mxcp test` says of the endpoint; null when the file did not load
    /// @param definition as [Definition] makes it; null when the file did not load
    /// @param metadata the top-level `metadata` of the file
    /// @param sourceHash SHA-256 of the SQL or Python file; null without one, and in snapshots of
    ///   others
    public record Resource(
            String path,
            Validation validation,
            @Nullable Tests tests,
            @Nullable Map<String, @Nullable Object> definition,
            @Nullable Map<String, @Nullable Object> metadata,
            @Nullable String sourceHash) {}

    /// What validation said.
    ///
    /// @param status `ok` or `error`
    public record Validation(String status, @Nullable String message) {}

    /// What the tests of one endpoint gave.
    ///
    /// @param status `ok`, `failed` or `error`
    /// @param run how many were run
    /// @param plain the whole of `test_results`, as `mxcp test` prints it
    public record Tests(
            String status, long run, List<Outcome> outcomes, Map<String, @Nullable Object> plain) {
        public Tests {
            outcomes = List.copyOf(outcomes);
        }

        /// The same results by what counts: neither times nor messages (cli D3).
        boolean sameAs(Tests other) {
            return status.equals(other.status)
                    && run == other.run
                    && outcomes.equals(other.outcomes);
        }
    }

    /// How one test ended.
    public record Outcome(String name, String status) {}
}
