package dev.mxcp.engine.python;

import dev.mxcp.problem.MxcpException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The place of one worker: keeps one running in it until it is closed. Owns the thread that
/// watches.
final class WorkerSlot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSlot.class);
    private static final Duration SHORT_LIFE = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Workshop shop;
    private final Runnable changed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Worker current;
    private volatile @Nullable String startError;
    private volatile @Nullable WorkerStart starting;
    private @Nullable Thread watcher;

    /// @param changed called when [#current] or [#startError] has another value
    WorkerSlot(Workshop shop, Runnable changed) {
        this.shop = shop;
        this.changed = changed;
    }

    /// The worker, while there is one that may take calls.
    @Nullable Worker current() {
        Worker worker = current;
        return worker != null && worker.alive() ? worker : null;
    }

    /// Why there is none for some time to come.
    @Nullable String startError() {
        return startError;
    }

    /// Starts the first worker.
    void start() {
        Worker first = bringUp();
        current = first;
        changed.run();
        watcher = Thread.ofVirtual().name("mxcp-worker-watcher").start(() -> watch(first));
    }

    private Worker bringUp() {
        var start = new WorkerStart(shop);
        starting = start;
        if (closing.getCount() == 0) {
            start.abandon();
        }
        return start.run(false);
    }

    private void watch(Worker first) {
        Worker worker = first;
        Duration pause = Duration.ZERO;
        while (true) {
            long began = System.nanoTime();
            worker.end().join();
            if (closing.getCount() == 0) {
                return;
            }
            LOG.error("Python worker stopped: {}", worker.obituary());
            boolean shortLife = System.nanoTime() - began < SHORT_LIFE.toNanos();
            // what a call did does not tell that the next worker fares alike
            pause = shortLife && !worker.tookCallsAlong() ? longer(pause) : Duration.ZERO;
            Worker next = replace(pause);
            if (next == null) {
                return;
            }
            worker = next;
        }
    }

    /// A new worker, after as many attempts as it takes; null when the slot is closing.
    private @Nullable Worker replace(Duration firstPause) {
        Duration pause = firstPause;
        while (!closedWithin(pause)) {
            try {
                Worker next = bringUp();
                startError = null;
                current = next;
                changed.run();
                return closing.getCount() == 0 ? null : next;
            } catch (MxcpException failure) {
                if (closing.getCount() == 0) {
                    return null;
                }
                pause = longer(pause);
                startError = failure.getMessage();
                changed.run();
                LOG.error(
                        "a Python worker cannot start; trying again in {} ms: {}",
                        pause.toMillis(),
                        failure.getMessage());
            }
        }
        return null;
    }

    private boolean closedWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /// Stops the worker after its shutdown hooks; one that is only starting is ended at once.
    @Override
    public void close() {
        closing.countDown();
        Worker worker = current();
        if (worker != null) {
            worker.stop(shop.config().stopGrace());
        } else if (starting != null) {
            starting.abandon();
        }
        Thread watching = watcher;
        if (watching == null) {
            return;
        }
        try {
            watching.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
