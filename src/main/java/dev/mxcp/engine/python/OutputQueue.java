package dev.mxcp.engine.python;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands between the workers' output and the sink: who prints never waits for who logs. When the
/// sink falls behind by too much, lines are dropped and counted. Owns one thread.
final class OutputQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputQueue.class);
    private static final int CAPACITY = 20_000;
    private static final int MAX_CHARACTERS = 16 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BlockingQueue<Entry> entries = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final LogSink sink;
    private final Thread thread;

    private sealed interface Entry {
        int size();
    }

    private record Line(
            LogSink.Stream stream, String text, @Nullable String call, @Nullable String endpoint)
            implements Entry {
        @Override
        public int size() {
            return text.length();
        }
    }

    private record Log(
            String level,
            int number,
            String logger,
            String message,
            @Nullable String call,
            @Nullable String endpoint)
            implements Entry {
        @Override
        public int size() {
            return message.length();
        }
    }

    private record End() implements Entry {
        @Override
        public int size() {
            return 0;
        }
    }

    OutputQueue(LogSink sink) {
        this.sink = sink;
        this.thread = Thread.ofVirtual().name("mxcp-worker-output").start(this::drain);
    }

    void line(
            LogSink.Stream stream, String text, @Nullable String call, @Nullable String endpoint) {
        add(new Line(stream, text, call, endpoint));
    }

    void log(
            String level,
            int number,
            String logger,
            String message,
            @Nullable String call,
            @Nullable String endpoint) {
        add(new Log(level, number, logger, message, call, endpoint));
    }

    private void add(Entry entry) {
        if (waiting.addAndGet(entry.size()) > MAX_CHARACTERS || !entries.offer(entry)) {
            waiting.addAndGet(-entry.size());
            dropped.incrementAndGet();
        }
    }

    private void drain() {
        try {
            while (true) {
                Entry entry = entries.take();
                if (entry instanceof End) {
                    return;
                }
                waiting.addAndGet(-entry.size());
                pass(entry);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Entry entry) {
        try {
            long lost = dropped.getAndSet(0);
            if (lost > 0) {
                String text = lost + " lines of output were dropped: they came faster than the log";
                sink.log("WARNING", 0, "mxcp.worker", text, null, null);
            }
            switch (entry) {
                case Line(var stream, var text, var call, var endpoint) ->
                        sink.line(stream, text, call, endpoint);
                case Log(var level, var no, var logger, var message, var call, var endpoint) ->
                        sink.log(level, no, logger, message, call, endpoint);
                case End() -> {}
            }
        } catch (RuntimeException failure) {
            LOG.error("a line of a Python worker could not be logged", failure);
        }
    }

    /// Waits until everything has reached the sink.
    @Override
    public void close() {
        try {
            if (entries.offer(new End(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.join(PATIENCE);
            }
            thread.interrupt();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
