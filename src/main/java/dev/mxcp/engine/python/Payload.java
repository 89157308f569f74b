package dev.mxcp.engine.python;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A function of user code that waits, in the worker that defined it, for its turn within a reload
/// (R9.3).
public interface Payload {

    /// Runs the function and waits for its end. Only while the workers are paused and the database
    /// is closed. Its traceback goes to the log.
    ///
    /// @param database the file that is released for it
    /// @param limit how long it may take; then its worker is killed. Null for as long as it likes
    /// @throws dev.mxcp.problem.MxcpException.EndpointFailed when it raises, or its worker ends
    ///   under it or has ended before
    /// @throws dev.mxcp.problem.MxcpException.CallCancelled when the thread is interrupted; the
    ///   worker is killed
    void run(Path database, @Nullable Duration limit);

    /// It will never run: the worker need not keep itself for it.
    void drop();
}
