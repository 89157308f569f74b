package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.python.CallDatabase;
import dev.mxcp.engine.python.DatabaseRequests;
import dev.mxcp.engine.python.FunctionCaller;
import dev.mxcp.engine.python.PythonFunction;
import dev.mxcp.problem.MxcpException.Unavailable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The database as workers see it, which stays while reloads close one and open another. In between
/// user code that goes on beside calls is refused, without waiting (R4.7.5-R4.7.7). Thread-safe.
final class SwitchedDatabase implements DatabaseRequests {
    private volatile @Nullable DatabaseRequests current;

    SwitchedDatabase(DatabaseRequests first) {
        current = first;
    }

    void open(DatabaseRequests next) {
        current = next;
    }

    void close() {
        current = null;
    }

    @Override
    public CallDatabase open(CallContext call) {
        return current().open(call);
    }

    @Override
    public void define(List<PythonFunction> functions, FunctionCaller caller) {
        current().define(functions, caller);
    }

    private DatabaseRequests current() {
        DatabaseRequests database = current;
        if (database == null) {
            throw new Unavailable(
                    "Connection Error: the database is closed while the server reloads; try again"
                            + " afterwards",
                    null);
        }
        return database;
    }
}
