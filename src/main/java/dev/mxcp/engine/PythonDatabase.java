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
    public void define(List<PythonFunction> functions, FunctionCaller caller) {
        for (PythonFunction function : functions) {
            duckdb.define(
                    new ScalarFunction(
                            function.name(),
                            function.parameters(),
                            function.returns(),
                            new PluginFunction(function, caller)));
        }
    }

    /// What one call uses. A session is kept between statements only while it holds something that
    /// the call's later statements need (R3.6.2), so that waiting user code occupies none.
    private static final class OfCall implements CallDatabase {
        private final DuckDb duckdb;
        private final CallWatch watch;
        private final CallContext call;
        private @Nullable Session kept;
        private @Nullable OfConnection connection;

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
            OfConnection pinned = connection;
            if (pinned != null && !pinned.closed()) {
                send(pinned.session, call, sql, params, reply);
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
                return new OfConnection(duckdb, watch, duckdb.borrow(call));
            }
            if (connection == null || connection.closed()) {
                Session session = kept == null ? duckdb.borrow(call) : kept;
                kept = null;
                connection = new OfConnection(duckdb, watch, session);
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

    /// A session that user code holds.
    private static final class OfConnection implements DatabaseSession {
        private final DuckDb duckdb;
        private final CallWatch watch;
        private final Session session;
        private boolean closed;

        OfConnection(DuckDb duckdb, CallWatch watch, Session session) {
            this.duckdb = duckdb;
            this.watch = watch;
            this.session = session;
        }

        boolean closed() {
            return closed;
        }

        @Override
        public void execute(
                CallContext call, String sql, @Nullable Object params, ReplyWriter reply) {
            watch.sql(
                    sql,
                    duckdb.readOnly(),
                    () -> {
                        send(session, call, sql, params, reply);
                        return reply;
                    });
        }

        @Override
        public void close() {
            closed = true;
            session.close();
        }
    }

    private static void send(
            Session session,
            CallContext call,
            String sql,
            @Nullable Object params,
            ReplyWriter reply) {
        try {
            session.query(call, sql, parameters(params), new WorkerRows(reply));
        } catch (DuckDbException failure) {
            throw new DatabaseFailure(
                    failure.kind().words(), String.valueOf(failure.getMessage()), failure);
        }
    }

    /// The forms of R3.2: a dict binds by name or in its order, a list by position.
    private static Parameters parameters(@Nullable Object params) {
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
