package dev.mxcp.engine.duckdb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The views of a database that read files or other systems. Thread-safe.
final class OutsideViews {
    private Set<String> names = Set.of();
    private long version = -1;

    /// The names in lower case, read anew when the schema has changed.
    synchronized Set<String> names(Connection connection, long schemaVersion) {
        if (version != schemaVersion) {
            names = read(connection);
            version = schemaVersion;
        }
        return names;
    }

    private static Set<String> read(Connection connection) {
        Map<String, SqlText> views =
                connection.query(
                        "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal",
                        OutsideViews::definitions);
        Set<String> outside = new HashSet<>();
        boolean grown = true;
        while (grown) { // views of views
            grown = false;
            for (Map.Entry<String, SqlText> view : views.entrySet()) {
                SqlText text = view.getValue();
                if (text.readsOutside() || text.mentions(outside)) {
                    grown |= outside.add(view.getKey());
                }
            }
        }
        return Set.copyOf(outside);
    }

    private static Map<String, SqlText> definitions(QueryResult result) {
        Map<String, SqlText> views = new HashMap<>();
        for (var row : ValueRows.ALL.read(result)) {
            String name = String.valueOf(row.get("view_name")).toLowerCase(Locale.ROOT);
            views.put(name, SqlText.of(String.valueOf(row.get("sql"))));
        }
        return views;
    }
}
