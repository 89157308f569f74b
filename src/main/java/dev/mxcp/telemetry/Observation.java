package dev.mxcp.telemetry;

/// One piece of work that is being watched: a span. Ends when closed, on the thread that began it;
/// work begun meanwhile on that thread is part of it.
public interface Observation extends AutoCloseable {

    /// Adds a fact, in words.
    Observation set(String attribute, String value);

    /// Adds a fact, as a number.
    Observation set(String attribute, long value);

    /// Adds a fact that holds or not.
    Observation set(String attribute, boolean value);

    /// Marks the work as failed. The message leaves the process only where the user allowed it,
    /// since it may quote data (T3).
    ///
    /// @param kind what failed, from a small set of words
    void failed(String kind, Throwable failure);

    @Override
    void close();
}
