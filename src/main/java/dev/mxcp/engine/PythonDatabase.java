package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.engine.duckdb.DuckDbException;
import dev.mxcp.engine.duckdb.Parameters;
import dev.mxcp.engine.duckdb.ScalarFunction;
import dev.mxcp.engine.duckdb.Session;
import dev.mxcp.engine.python.CallDatabase;
import dev.mxcp.engine.python.DatabaseFailure;
import dev.mxcp.engine.python.DatabaseRequests;
import dev.mxcp.engine.python.DatabaseSession;
import dev.mxcp.engine.python.FunctionCaller;
import dev.mxcp.engine.python.PythonFunction;
import dev.mxcp.engine.python.ReplyWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Joins the workers' requests to the database: `db.execute` and `db.connection` (R3.1-R3.9), and
/// plugins' functions to SQL (R5).
record PythonDatabase(DuckDb duckdb, CallWatch watch) implements DatabaseRequests {

    @Override
    public CallDatabase open(CallContext call) {
        return new OfCall(duckdb, watch, call);
    }

    @Override
    public String version() {
        return duckdb.version();
    }

    @Override
    public void define(List<PythonFunction> functions, FunctionCaller caller) {
        for (PythonFunction function : functions) {
            try {
                duckdb.define(
                        new ScalarFunction(
                                function.name(),
                                function.parameters(),
                                function.returns(),
                                new PluginFunction(function, caller)));
            } catch (DuckDbException failure) {
                throw failed(failure);
            }
        }
    }

    /// What one call uses. A session is kept between statements only while it holds something that
    /// the call's later statements need (R3.6.2), so that waiting user code occupies none.
    private static final class OfCall implements CallDatabase {
        private final DuckDb duckdb;
        private final CallWatch watch;
        private final CallContext call;
        private @Nullable Session kept;
        private @Nullable PythonSession connection;

        OfCall(DuckDb duckdb, CallWatch watch, CallContext call) {
            this.duckdb = duckdb;
            this.watch = watch;
            this.call = call;
        }

        @Override
        public void execute(String sql, @Nullable Object params, ReplyWriter reply) {
            watch.sql(
                    sql,
                    duckdb.readOnly(),
                    () -> {
                        run(sql, params, reply);
                        return reply;
                    });
        }

        private void run(String sql, @Nullable Object params, ReplyWriter reply) {
            PythonSession pinned = connection;
            if (pinned != null && !pinned.closed()) {
                pinned.run(call, sql, params, reply);
                return;
            }
            Session session = kept == null ? duckdb.borrow(call) : kept;
            kept = null;
            boolean keep = true;
            try {
                send(session, call, sql, params, reply);
                keep = session.holdsState();
            } finally {
                if (keep) {
                    kept = session;
                } else {
                    session.close();
                }
            }
        }

        @Override
        public DatabaseSession connect(boolean another) {
            if (another) {
                return new PythonSession(duckdb, watch, duckdb.borrow(call));
            }
            if (connection == null || connection.closed()) {
                Session session = kept == null ? duckdb.borrow(call) : kept;
                kept = null;
                connection = new PythonSession(duckdb, watch, session);
            }
            return connection;
        }

        @Override
        public void close() {
            if (kept != null) {
                kept.close();
                kept = null;
            }
        }
    }

    static void send(
            Session session,
            CallContext call,
            String sql,
            @Nullable Object params,
            ReplyWriter reply) {
        try {
            session.query(call, sql, parameters(params), new WorkerRows(reply));
        } catch (DuckDbException failure) {
            throw failed(failure);
        }
    }

    static DatabaseFailure failed(DuckDbException failure) {
        return new DatabaseFailure(
                failure.kind().words(), String.valueOf(failure.getMessage()), failure);
    }

    /// The forms of R3.2: a dict binds by name or in its order, a list by position.
    static Parameters parameters(@Nullable Object params) {
        return switch (params) {
            case null -> Parameters.none();
            case List<?> list -> new Parameters.Positional(new ArrayList<@Nullable Object>(list));
            case Map<?, ?> map -> {
                var values = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, value) -> values.put(String.valueOf(name), value));
                yield values.isEmpty() ? Parameters.none() : new Parameters.ByOrder(values);
            }
            default ->
                    throw new IllegalArgumentException(
                            "parameters of kind " + params.getClass().getSimpleName());
        };
    }
}
