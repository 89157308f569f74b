package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.duckdb.DuckDbException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Binds one statement with sample values, without running it. DuckDB 2.0 postpones the binding of
/// a statement when the type of a parameter cannot be inferred, as in `len($list)`, and then does
/// not even look for the tables and columns that the statement names.
final class TypedBinding {
    /// Names that are missing, whatever the types of the values are.
    private static final Pattern MISSING =
            Pattern.compile(
                    "Referenced (column|table) .* not found|does not have a column|Table .* does not exist|"
                            + "column .* does not exist|Function with name .* does not exist");

    private final Connection connection;
    private final SampleValues samples;

    TypedBinding(Connection connection, SampleValues samples) {
        this.connection = connection;
        this.samples = samples;
    }

    /// Binds the statement.
    ///
    /// @param parameters the statement's
    /// @param columnsWanted whether the columns are to be found
    /// @return the columns of a query; null where they were not wanted, cannot be known, or where
    ///   the samples, not the statement, were refused
    /// @throws DuckDbException when DuckDB refuses the statement, with places as in `sql`
    @Nullable List<Column> bind(
            String sql, SequencedSet<String> parameters, boolean query, boolean columnsWanted) {
        if (!query) {
            explain(sql, parameters, "EXPLAIN\n");
            return null;
        }
        List<SequencedMap<String, @Nullable Object>> described =
                explain(sql, parameters, "DESCRIBE\n");
        boolean decided = columnsWanted && parameters.stream().allMatch(samples::knows);
        return described == null || !decided ? null : columns(described);
    }

    /// @return null when the samples were refused
    private @Nullable List<SequencedMap<String, @Nullable Object>> explain(
            String sql, SequencedSet<String> parameters, String prefix) {
        try (var statement =
                PreparedStatement.of(connection.api(), connection.handle(), prefix + sql)) {
            statement.bind(values(parameters));
            return connection.execute(statement, ValueRows.ALL, new Stop(() -> {}));
        } catch (DuckDbException refused) {
            if (counts(refused, parameters)) {
                throw refused.below(-1);
            }
            return null;
        }
    }

    private Assignment values(SequencedSet<String> parameters) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        parameters.forEach(name -> values.put(name, samples.of(name)));
        return Assignment.of(parameters, new Parameters.Named(values));
    }

    private boolean counts(DuckDbException refused, SequencedSet<String> parameters) {
        String message = String.valueOf(refused.getMessage());
        boolean binding = refused.kind() == Kind.BINDER || refused.kind() == Kind.CATALOG;
        boolean exact = samples.exact() && parameters.stream().allMatch(samples::knows);
        return binding && !samples.quotedIn(message) && (exact || MISSING.matcher(message).find());
    }

    /// DESCRIBE names the types in SQL: another statement says what they are.
    private @Nullable List<Column> columns(List<SequencedMap<String, @Nullable Object>> described) {
        List<String> names =
                Column.distinct(
                        described.stream()
                                .map(row -> String.valueOf(row.get("column_name")))
                                .toList());
        String types =
                described.stream()
                        .map(row -> "CAST(NULL AS " + row.get("column_type") + ")")
                        .collect(Collectors.joining(", "));
        try (var statement =
                PreparedStatement.of(connection.api(), connection.handle(), "SELECT " + types)) {
            List<Column> typed = statement.columns();
            var columns = new ArrayList<Column>();
            for (int index = 0; index < typed.size(); index++) {
                columns.add(new Column(names.get(index), typed.get(index).type()));
            }
            return columns;
        } catch (DuckDbException nameless) {
            return null; // a type without a name in SQL
        }
    }
}
