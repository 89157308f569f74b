package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.Unavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The channels over which a worker runs SQL functions, apart from those of calls: a call that
/// waits for its statement must not keep the statement from its functions. Nobody waits for a
/// channel that is taken, a further one is opened; only functions that call themselves without end
/// meet the limit. Thread-safe.
final class FunctionChannels {
    /// A channel is a thread of the worker.
    static final int LIMIT = 1000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<FunctionChannel> idle = new ArrayDeque<>();
    private final Set<FunctionChannel> all = new HashSet<>();
    private final Runnable openAnother;
    private int ordered;
    private boolean closed;

    /// @param openAnother asks the worker for a channel; comes back as [#add]
    FunctionChannels(Runnable openAnother) {
        this.openAnother = openAnother;
    }

    /// A channel for one batch.
    ///
    /// @throws WorkerGone when the worker is
    FunctionChannel borrow(CallContext call) throws WorkerGone {
        try (var _ = call.cancellation().onCancel(this::wakeAll)) {
            return take(call);
        }
    }

    private FunctionChannel take(CallContext call) throws WorkerGone {
        long left = PATIENCE.toNanos();
        boolean asked = false;
        lock.lock();
        try {
            while (true) {
                call.cancellation().check();
                FunctionChannel free = idle.pollLast();
                if (free != null) {
                    return free;
                }
                if (closed) {
                    throw new WorkerGone();
                }
                if (!asked) {
                    order();
                    asked = true;
                }
                if (left <= 0) {
                    throw new Unavailable("The Python worker does not take SQL functions", null);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CallCancelled("interrupted");
        } finally {
            lock.unlock();
        }
    }

    private void order() {
        if (all.size() + ordered >= LIMIT) {
            throw new EndpointFailed(
                    "More than "
                            + LIMIT
                            + " calls of SQL functions in Python at once: does one call itself?",
                    null);
        }
        ordered++;
        openAnother.run();
    }

    private void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A channel that the worker opened.
    void add(FunctionChannel channel) {
        lock.lock();
        try {
            if (closed) {
                channel.close();
                return;
            }
            ordered = Math.max(0, ordered - 1);
            all.add(channel);
            idle.addLast(channel);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// The end of a batch.
    void giveBack(FunctionChannel channel) {
        lock.lock();
        try {
            if (channel.usable() && !closed) {
                idle.addLast(channel);
            } else {
                all.remove(channel);
                channel.close();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Ends all channels; statements whose functions run see it.
    void close() {
        lock.lock();
        try {
            closed = true;
            all.forEach(FunctionChannel::close);
            idle.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
