package dev.mxcp.engine.python;

import org.jspecify.annotations.Nullable;

/// Where the prints and log records of user code go. Called by one thread at a time; a slow sink
/// costs lines, never speed of user code. Texts are data of user code: they may hold anything.
public interface LogSink {

    /// The two streams of a process.
    enum Stream {
        STDOUT,
        STDERR
    }

    /// A line that user code, or a program it started, printed.
    ///
    /// @param call the id of the call, where it is known
    /// @param endpoint the name of the endpoint, where it is known
    void line(Stream stream, String line, @Nullable String call, @Nullable String endpoint);

    /// A record of Python's `logging`, or of the worker itself.
    ///
    /// @param level Python's name of it: `DEBUG`, `INFO`, `WARNING`, `ERROR`, `CRITICAL`, or one of
    ///   the user's own
    /// @param levelNumber Python's number of it; 0 where only the name counts
    /// @param message one or several lines
    void log(
            String level,
            int levelNumber,
            String logger,
            String message,
            @Nullable String call,
            @Nullable String endpoint);
}
