package dev.mxcp.engine.duckdb;

/// The wish to end one piece of work, and how to tell DuckDB. Thread-safe.
final class Stop {
    private final Runnable interrupt;
    private volatile boolean wanted;

    /// @param interrupt must be short and safe on any thread at any time
    Stop(Runnable interrupt) {
        this.interrupt = interrupt;
    }

    void request() {
        wanted = true;
        interrupt.run();
    }

    boolean wanted() {
        return wanted;
    }

    /// Ends the work where it stands. DuckDB forgets an interrupt that comes before a statement
    /// begins, so this is asked between its beginning and its execution.
    void check() {
        if (wanted) {
            throw DuckDbException.of(DuckDbException.Kind.INTERRUPT, "Interrupted!");
        }
    }
}
