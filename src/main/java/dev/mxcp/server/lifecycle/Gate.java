package dev.mxcp.server.lifecycle;

import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.Unavailable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gate that every call passes (D7): calls go through side by side, a reload goes through alone
/// and may put another [EndpointRunner] behind it. The gate knows who is inside, ends calls whose
/// time is up, and drains them when the server ends. Listing and ping do not pass it, so they never
/// wait.
///
/// A lock with a condition instead of a ReentrantReadWriteLock: a waiting call has to wake up when
/// it is cancelled, and a pass may be given back by another thread than the one that took it.
/// Thread-safe.
public final class Gate implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LAST_WAIT = Duration.ofSeconds(3);
    private static final Duration LAST_WAIT_OF_DRAIN = Duration.ofSeconds(10);
    private static final long NOTICE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Pass> inside = new HashSet<>(); // guarded by lock
    private boolean exclusive; // guarded by lock
    private boolean draining; // guarded by lock
    private boolean closed; // guarded by lock
    private volatile EndpointRunner current; // written under lock
    private volatile Duration patience;
    private @Nullable Thread watch; // guarded by lock

    /// @param current what calls find behind the gate
    /// @param patience how long a call waits while a reload is inside
    public Gate(EndpointRunner current, Duration patience) {
        this.current = current;
        this.patience = patience;
    }

    /// What is behind the gate now, for lists; does not wait.
    public EndpointRunner current() {
        return current;
    }

    /// Changes how long a call waits while a reload is inside.
    void patience(Duration wanted) {
        patience = wanted;
    }

    /// How many calls are inside.
    int active() {
        lock.lock();
        try {
            return inside.size();
        } finally {
            lock.unlock();
        }
    }

    /// Whether a reload waits for calls to leave.
    boolean draining() {
        lock.lock();
        try {
            return draining;
        } finally {
            lock.unlock();
        }
    }

    /// Whether a reload keeps new calls out at the moment.
    boolean reloading() {
        lock.lock();
        try {
            return exclusive;
        } finally {
            lock.unlock();
        }
    }

    /// Lets one call in, after a reload if one is going on. From then on its time runs.
    ///
    /// @param cancellation of the call; cancelling it also ends the wait
    /// @param heartbeat run about every second while the call is inside; must not block
    /// @throws Unavailable when the server ends
    /// @throws EndpointFailed when the reload takes too long
    /// @throws dev.mxcp.problem.MxcpException.CallCancelled when cancelled while waiting
    public Pass enter(Cancellation cancellation, Runnable heartbeat) {
        lock.lock();
        try {
            if (exclusive) {
                awaitOpen(cancellation);
            }
            if (closed) {
                throw new Unavailable("the server is shutting down", null);
            }
            EndpointRunner runner = current;
            var pass = new Pass(runner, cancellation, heartbeat, runner.limits().callTimeout());
            inside.add(pass);
            if (watch == null) {
                watch = Thread.ofPlatform().daemon().name("call-watch").start(this::watch);
            }
            return pass;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nobody is inside, keeps everybody out and puts something else behind the gate.
    /// When `swap` fails, what was there stays.
    ///
    /// @param drain how long calls may go on; then they are cancelled (R4.3.3)
    /// @param swap given the current runner, makes the next
    public void exclusively(Duration drain, UnaryOperator<EndpointRunner> swap)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (exclusive) {
                changed.await();
            }
            exclusive = true;
            drain(drain);
        } catch (InterruptedException interrupted) {
            reopen();
            throw interrupted;
        } finally {
            lock.unlock();
        }
        try {
            current = swap.apply(current);
        } finally {
            lock.lock();
            try {
                reopen();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Lets nobody in any more, waits for those inside and cancels who is left.
    ///
    /// @param drain how long calls may go on
    public void close(Duration drain) {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            if (!awaitEmpty(drain)) {
                List.copyOf(inside)
                        .forEach(pass -> pass.cancellation.cancel("the server is shutting down"));
                awaitEmpty(LAST_WAIT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    private void awaitOpen(Cancellation cancellation) {
        long left = patience.toNanos();
        try (var _ = cancellation.onCancel(this::wake)) {
            while (exclusive && !closed) {
                cancellation.check();
                if (left <= 0) {
                    // a tool error (V13, R4.4): whoever calls can try again
                    throw new EndpointFailed("the service is reloading, retry", null);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Unavailable("the call was interrupted", interrupted);
        }
        cancellation.check();
    }

    private void drain(Duration limit) throws InterruptedException {
        draining = true;
        try {
            long end = System.nanoTime() + limit.toNanos();
            long left = limit.toNanos();
            while (!awaitEmpty(Duration.ofNanos(Math.min(left, NOTICE_NANOS))) && left > 0) {
                left = end - System.nanoTime();
                LOG.info("waiting for {} running calls", inside.size());
            }
            if (inside.isEmpty()) {
                return;
            }
            LOG.warn(
                    "{} calls did not end within {} and are cancelled",
                    inside.size(),
                    spoken(limit));
            String why = "the server reloads, and the call did not end within " + spoken(limit);
            List.copyOf(inside).forEach(pass -> pass.cancellation.cancel(why));
            if (!awaitEmpty(LAST_WAIT_OF_DRAIN)) {
                LOG.error("{} cancelled calls do not end; the reload goes on", inside.size());
            }
        } finally {
            draining = false;
        }
    }

    private boolean awaitEmpty(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        while (!inside.isEmpty()) {
            if (left <= 0) {
                return false;
            }
            left = changed.awaitNanos(left);
        }
        return true;
    }

    private void reopen() {
        exclusive = false;
        changed.signalAll();
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// One thread looks at all running calls now and then: cheaper than a timer a call. It ends
    /// with the gate.
    private void watch() {
        while (true) {
            List<Pass> passes;
            lock.lock();
            try {
                passes = List.copyOf(inside);
                if (closed && passes.isEmpty()) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            long now = System.nanoTime();
            passes.forEach(pass -> pass.look(now));
            try {
                Thread.sleep(TICK_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// The right of one call to be inside. Close it exactly once.
    public final class Pass implements AutoCloseable {
        private final EndpointRunner runner;
        private final Cancellation cancellation;
        private final Runnable heartbeat;
        private final @Nullable Duration limit;
        private final long since = System.nanoTime();
        private long heartbeats; // only the watch

        private Pass(
                EndpointRunner runner,
                Cancellation cancellation,
                Runnable heartbeat,
                @Nullable Duration limit) {
            this.runner = runner;
            this.cancellation = cancellation;
            this.heartbeat = heartbeat;
            this.limit = limit;
        }

        /// What was behind the gate when the call went in.
        public EndpointRunner runner() {
            return runner;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                inside.remove(this);
                if (inside.isEmpty() && (exclusive || closed)) {
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        private void look(long now) {
            long age = now - since;
            if (limit != null && age >= limit.toNanos()) {
                cancellation.cancel(
                        "time limit of " + spoken(limit) + " reached (limits.call_timeout)");
            }
            if (age >= (heartbeats + 1) * HEARTBEAT_NANOS) {
                heartbeats++;
                heartbeat.run();
            }
        }
    }

    private static String spoken(Duration limit) {
        return limit.toMillis() % 1000 == 0
                ? limit.toSeconds() + "s"
                : limit.toMillis() / 1000.0 + "s";
    }
}
