package dev.mxcp.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How far a longer piece of work is, on one line of a terminal's standard error that disappears at
/// the end. Shows nothing in the first second, and nothing where there is no terminal. Thread-safe.
final class Progress implements AutoCloseable {
    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long BETWEEN_NANOS = 100_000_000L;
    private static final int WIDTH = 30;

    private final @Nullable PrintStream to;
    private final String what;
    private final long all;
    private final AtomicLong done = new AtomicLong();
    private long next = System.nanoTime() + FIRST_NANOS;
    private boolean shown;

    private Progress(@Nullable PrintStream to, String what, long all) {
        this.to = to;
        this.what = what;
        this.all = all;
    }

    /// @param what the steps are called
    /// @param all how many there will be
    static Progress of(Console console, String what, long all) {
        return new Progress(console.errorIsTerminal() ? console.err() : null, what, all);
    }

    /// One more is done.
    void step() {
        long now = done.incrementAndGet();
        synchronized (this) {
            if (to == null || System.nanoTime() - next < 0) {
                return;
            }
            next = System.nanoTime() + BETWEEN_NANOS;
            shown = true;
            int full = (int) Math.min(WIDTH, now * WIDTH / Math.max(1, all));
            to.print(
                    "\r[%s%s] %d of %d %s"
                            .formatted("#".repeat(full), " ".repeat(WIDTH - full), now, all, what));
            to.flush();
        }
    }

    @Override
    public synchronized void close() {
        if (to != null && shown) {
            to.print("\r\u001b[K");
            to.flush();
        }
    }
}
