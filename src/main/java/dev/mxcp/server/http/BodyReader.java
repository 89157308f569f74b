package dev.mxcp.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads request bodies within a size and a time: a client that announces a body and does not send
/// it loses its connection. Thread-safe.
public final class BodyReader implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final long limitBytes;
    private final long limitNanos;
    private final ConcurrentMap<Thread, Long> reading = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param limit how long reading one body may take
    public BodyReader(long limitBytes, Duration limit) {
        this.limitBytes = limitBytes;
        this.limitNanos = limit.toNanos();
        Thread.ofPlatform().daemon().name("http-slow-bodies").start(this::watch);
    }

    /// Reads to the end.
    ///
    /// @return null when there is more than allowed
    /// @throws IOException when the client is gone or too slow
    public byte @Nullable [] read(InputStream in) throws IOException {
        Thread thread = Thread.currentThread();
        reading.put(thread, System.nanoTime());
        boolean inTime;
        byte[] body;
        try {
            body = in.readNBytes((int) Math.min(limitBytes + 1, Integer.MAX_VALUE - 8));
        } finally {
            inTime = reading.remove(thread) != null;
        }
        if (!inTime && Thread.interrupted()) {
            throw new IOException("the body did not arrive in time");
        }
        return body.length > limitBytes ? null : body;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void watch() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                // the map lets either the reader or this thread take the entry out, never both
                reading.forEach((thread, _) ->
                        reading.computeIfPresent(
                                thread, (slow, since) -> stillWaiting(slow, since, now)));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Long stillWaiting(Thread thread, long since, long now) {
        if (now - since < limitNanos) {
            return since;
        }
        thread.interrupt();
        return null;
    }
}
