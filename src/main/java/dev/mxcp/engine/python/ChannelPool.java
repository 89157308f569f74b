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
import org.jspecify.annotations.Nullable;

/// The channels of one kind that a worker keeps open. The one that was used last is taken first:
/// its thread in the worker is the warmest. More are opened when all are taken, up to a limit.
/// Thread-safe.
///
/// @param <C> what goes over them
final class ChannelPool<C extends ChannelPool.Channel> {

    /// A channel for one piece of work at a time.
    interface Channel {
        /// Whether another piece of work may follow.
        boolean usable();

        void close();
    }

    /// How many channels there may be, and what is said when there are no more. A channel is a
    /// thread of the worker.
    ///
    /// @param most channels at once
    /// @param patience how long to wait for one
    /// @param tooLong what is said after that
    /// @param full what is said at once where nobody waits for a taken channel; null to wait
    record Limits(int most, Duration patience, String tooLong, @Nullable String full) {
        private static final int MOST_FUNCTIONS = 1000;

        /// Of calls: those beyond wait.
        static final Limits CALLS =
                new Limits(
                        400,
                        Duration.ofMinutes(1),
                        "Too many calls of Python functions at once; try again later",
                        null);

        /// Of SQL functions, apart from calls: a call that waits for its statement must not keep
        /// the statement from its functions. Only functions that call themselves without end meet
        /// the limit.
        static final Limits FUNCTIONS =
                new Limits(
                        MOST_FUNCTIONS,
                        Duration.ofSeconds(30),
                        "The Python worker does not take SQL functions",
                        "More than "
                                + MOST_FUNCTIONS
                                + " calls of SQL functions in Python at once: does one call itself?");
    }

    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<C> idle = new ArrayDeque<>();
    private final Set<C> all = new HashSet<>();
    private final Runnable openAnother;
    private int ordered;
    private boolean closed;

    /// @param openAnother asks the worker for a channel; comes back as [#add]
    ChannelPool(Limits limits, Runnable openAnother) {
        this.limits = limits;
        this.openAnother = openAnother;
    }

    /// A channel for one piece of work.
    ///
    /// @throws WorkerGone when the worker is
    /// @throws Unavailable when all stayed taken for too long
    /// @throws EndpointFailed when there are as many as there may be and nobody waits
    C borrow(CallContext context) throws WorkerGone {
        lock.lock();
        try {
            C free = idle.pollLast();
            if (free != null) {
                return free;
            }
            if (closed) {
                throw new WorkerGone();
            }
        } finally {
            lock.unlock();
        }
        try (var _ = context.cancellation().onCancel(this::wakeAll)) {
            return await(context);
        }
    }

    private C await(CallContext context) throws WorkerGone {
        long left = limits.patience().toNanos();
        boolean asked = false;
        lock.lock();
        try {
            while (true) {
                context.cancellation().check();
                C free = idle.pollLast();
                if (free != null) {
                    return free;
                }
                if (closed) {
                    throw new WorkerGone();
                }
                asked = asked || order();
                if (left <= 0) {
                    throw new Unavailable(limits.tooLong(), null);
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

    /// @return whether there is room for another
    private boolean order() {
        if (all.size() + ordered >= limits.most()) {
            if (limits.full() != null) {
                throw new EndpointFailed(limits.full(), null);
            }
            return false;
        }
        ordered++;
        openAnother.run();
        return true;
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
    void add(C channel) {
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

    /// The end of a piece of work.
    void giveBack(C channel) {
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

    /// Ends all channels; work that holds one sees it.
    void close() {
        lock.lock();
        try {
            closed = true;
            all.forEach(Channel::close);
            idle.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
