package dev.mxcp.engine.duckdb;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The prepared statements a connection keeps, by their text; the one unused longest goes first.
/// For the thread that has the connection.
final class PreparedCache implements AutoCloseable {
    private static final int CAPACITY = 64;

    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private long schemaVersion;

    /// The kept statement, if it was prepared under this version of the schema.
    @Nullable PreparedStatement get(String sql, long version) {
        if (version != schemaVersion) {
            close();
            schemaVersion = version;
        }
        return statements.get(sql);
    }

    /// Takes ownership.
    void put(String sql, PreparedStatement statement) {
        statements.put(sql, statement);
        if (statements.size() > CAPACITY) {
            var oldest = statements.entrySet().iterator();
            oldest.next().getValue().close();
            oldest.remove();
        }
    }

    @Override
    public void close() {
        statements.values().forEach(PreparedStatement::close);
        statements.clear();
    }
}
