package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import org.jspecify.annotations.Nullable;

/// One session that user code holds as a connection object. Lives until it is closed: at the end of
/// its call, or later if user code stored the object (R3.9.3). Used by one thread at a time.
public interface DatabaseSession extends AutoCloseable {

    /// Runs a text. As [CallDatabase#execute].
    ///
    /// @param call the one whose code runs now, which may be a later one
    void execute(CallContext call, String sql, @Nullable Object params, ReplyWriter reply);

    /// Rolls back and gives the session back.
    @Override
    void close();
}
