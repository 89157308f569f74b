package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.types.json.JsonBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Opens real databases for tests.
final class Databases {
    static final Path NATIVE = Path.of("target", "duckdb-native").toAbsolutePath();

    private Databases() {}

    static DuckDb inMemory() {
        return DuckDb.open(config(Path.of(Instance.IN_MEMORY), false));
    }

    static DuckDb.Config config(Path file, boolean readOnly) {
        return config(file, readOnly, 8);
    }

    static DuckDb.Config config(Path file, boolean readOnly, int sessions) {
        return new DuckDb.Config(
                file,
                readOnly,
                List.of(),
                List.of(),
                sessions,
                sessions,
                Duration.ofSeconds(5),
                Path.of("").toAbsolutePath(),
                NATIVE);
    }

    static CallContext call() {
        return call(Caller.ANONYMOUS, null);
    }

    static CallContext call(Caller caller, @Nullable Map<String, String> headers) {
        return new CallContext(
                UUID.randomUUID().toString(),
                caller,
                "cli-test",
                headers,
                new Cancellation(),
                ClientMessages.NONE);
    }

    /// A call of a client session.
    static CallContext call(String session) {
        return new CallContext(
                UUID.randomUUID().toString(),
                Caller.ANONYMOUS,
                "cli-test",
                null,
                new Cancellation(),
                ClientMessages.NONE,
                session);
    }

    /// The JSON of a text's result, in a call of its own.
    static String json(DuckDb database, String sql, Parameters parameters) {
        return json(database, call(), sql, parameters);
    }

    static String json(DuckDb database, String sql) {
        return json(database, sql, Parameters.none());
    }

    static String json(DuckDb database, CallContext call, String sql, Parameters parameters) {
        try (Session session = database.borrow(call)) {
            return json(session, sql, parameters);
        }
    }

    static String json(Session session, String sql) {
        return json(session, sql, Parameters.none());
    }

    static String json(Session session, String sql, Parameters parameters) {
        var out = new JsonBuffer();
        session.query(sql, parameters, result -> JsonRows.list(0).write(result, out));
        return out.text();
    }

    @SuppressWarnings("NullAway") // does not see the type annotations of compiled classes
    static Parameters named(String name, @Nullable Object value) {
        var values = new java.util.HashMap<String, @Nullable Object>();
        values.put(name, value);
        return new Parameters.Named(values);
    }
}
