package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions that user code of one worker holds as connection objects, by their handles.
/// Thread-safe; a session used by several threads serialises (R3.9.7).
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Map<Integer, DatabaseSession> open = new ConcurrentHashMap<>();
    private final AtomicInteger lastHandle = new AtomicInteger();
    private volatile int lastOfEarlierGeneration;

    int add(DatabaseSession session) {
        int handle = lastHandle.incrementAndGet();
        open.put(handle, session);
        return handle;
    }

    /// @throws DatabaseFailure also when the session is closed
    void execute(
            int handle, CallContext call, String sql, @Nullable Object params, ReplyWriter reply) {
        in(
                handle,
                session -> {
                    session.execute(call, sql, params, reply);
                    return true;
                });
    }

    /// Does something in a session when its turn comes.
    ///
    /// @throws DatabaseFailure also when the session is closed
    <T> T in(int handle, Function<DatabaseSession, T> work) {
        DatabaseSession session = open.get(handle);
        if (session == null) {
            throw closed(handle);
        }
        synchronized (session) {
            if (!open.containsKey(handle)) {
                throw closed(handle);
            }
            return work.apply(session);
        }
    }

    /// Ends what a session runs, if it runs anything.
    void interrupt(int handle) {
        DatabaseSession session = open.get(handle);
        if (session != null) {
            session.interrupt();
        }
    }

    private DatabaseFailure closed(int handle) {
        var cause = new IllegalStateException("the session is closed");
        String text = "Connection Error: Connection already closed!";
        if (handle <= lastOfEarlierGeneration) {
            text +=
                    " The server has reloaded since it was opened: do not store db.connection, but"
                            + " take it from db in each call, or use db.execute";
        }
        return new DatabaseFailure("Connection", text, cause);
    }

    void close(int handle) {
        DatabaseSession session = open.remove(handle);
        if (session == null) {
            return;
        }
        synchronized (session) {
            try {
                session.close();
            } catch (RuntimeException failure) {
                LOG.error("a database session of user code did not close properly", failure);
            }
        }
    }

    /// Closes all sessions because the database closes: who uses one later is told so (R3.9.3).
    void endGeneration() {
        lastOfEarlierGeneration = lastHandle.get();
        closeAll();
    }

    void closeAll() {
        List.copyOf(open.keySet()).forEach(this::close);
    }
}
