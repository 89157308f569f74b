package dev.mxcp.engine.python;

import dev.mxcp.problem.MxcpException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The place of one worker: keeps one running in it until it is closed. While it is paused, which
/// is within a reload, it starts none. Owns the thread that watches.
final class WorkerSlot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSlot.class);
    private static final Duration SHORT_LIFE = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Workshop shop;
    private final Runnable changed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<@Nullable Void> leaving = new CompletableFuture<>();
    private final Object lock = new Object();
    private boolean paused; // guarded by lock
    private CompletableFuture<@Nullable Void> awake = new CompletableFuture<>(); // guarded by lock
    private volatile @Nullable Worker current;
    private volatile @Nullable String startError;
    private @Nullable WorkerStart starting; // guarded by lock
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

    /// Whether it is open whether there will be a worker soon.
    boolean undecided() {
        return current() == null && startError == null && closing.getCount() > 0;
    }

    /// Starts the first worker.
    ///
    /// @param warm whether it only imports, and the slot is paused
    void start(boolean warm) {
        Worker first =
                bringUp(warm ? StartMessage.Kind.WARM : StartMessage.Kind.WHOLE)
                        .orElseThrow(() -> new IllegalStateException("paused before it started"));
        if (warm) {
            synchronized (lock) {
                paused = true;
            }
        }
        changed.run();
        watcher = Thread.ofVirtual().name("mxcp-worker-watcher").start(() -> watch(first));
    }

    /// Ends the generation of the worker; from now on none is started.
    void pause(Duration grace) {
        WorkerStart underWay;
        synchronized (lock) {
            paused = true;
            underWay = starting;
        }
        if (underWay != null) {
            underWay.abandon();
        }
        Worker worker = current();
        if (worker != null) {
            worker.generations().end(grace);
        }
    }

    /// From now on a worker that is missing is started.
    void resume() {
        synchronized (lock) {
            paused = false;
            startError = null;
            awake.complete(null);
            awake = new CompletableFuture<>();
        }
    }

    /// Starts a worker; empty if the slot is paused.
    private Optional<Worker> bringUp(StartMessage.Kind kind) {
        var start = new WorkerStart(shop);
        synchronized (lock) {
            if (paused) {
                return Optional.empty();
            }
            starting = start;
        }
        try {
            if (closing.getCount() == 0) {
                start.abandon();
            }
            Worker made = start.run(kind);
            current = made;
            return Optional.of(made);
        } finally {
            synchronized (lock) {
                starting = null;
            }
        }
    }

    private void awaitAwake() {
        CompletableFuture<@Nullable Void> woken;
        synchronized (lock) {
            if (!paused) {
                return;
            }
            woken = awake;
        }
        CompletableFuture.anyOf(woken, leaving).join();
    }

    private boolean paused() {
        synchronized (lock) {
            return paused;
        }
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
            awaitAwake();
            try {
                Optional<Worker> next = bringUp(StartMessage.Kind.WHOLE);
                if (next.isPresent()) {
                    startError = null;
                    changed.run();
                    return closing.getCount() == 0 ? null : next.get();
                }
            } catch (MxcpException failure) {
                if (closing.getCount() == 0) {
                    return null;
                }
                if (paused()) {
                    continue; // given up for a reload
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
        leaving.complete(null);
        WorkerStart underWay;
        synchronized (lock) {
            underWay = starting;
        }
        Worker worker = current();
        if (worker != null) {
            worker.stop(shop.config().stopGrace());
        } else if (underWay != null) {
            underWay.abandon();
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
