package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Cancellation;

/// A transaction around everything that one call does in the database, which is rolled back at the
/// end. Until then the call borrows this one session again and again, except from inside a SQL
/// function, whose statement occupies it. Owned by whoever makes the call.
public final class Trial implements AutoCloseable {
    private final SessionPool pool;
    private final CallContext call;
    private final Session session;

    private Trial(SessionPool pool, CallContext call, Session session) {
        this.pool = pool;
        this.call = call;
        this.session = session;
    }

    static Trial begin(SessionPool pool, CallContext call) {
        var trial = new Trial(pool, call, pool.pin(call));
        try {
            trial.execute("BEGIN TRANSACTION");
            return trial;
        } catch (RuntimeException | Error failure) {
            try (trial) {
                throw failure;
            }
        }
    }

    /// Whether everything can still be undone: false once the call has ended the transaction.
    public boolean undoable() {
        return session.inTransaction();
    }

    @Override
    public void close() {
        pool.unpin(call);
        try (session) {
            if (session.inTransaction()) {
                execute("ROLLBACK");
            }
        }
    }

    /// Also when the call was cancelled.
    private void execute(String sql) {
        var always =
                new CallContext(
                        call.id(),
                        call.caller(),
                        call.transport(),
                        call.headers(),
                        new Cancellation(),
                        call.client());
        session.query(always, sql, Parameters.none(), _ -> true);
    }
}
