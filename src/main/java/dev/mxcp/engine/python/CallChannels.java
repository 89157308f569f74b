package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.Unavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The call channels of one worker. The one that was used last is taken first: its thread in the
/// worker is the warmest. More are opened when all are taken, up to a limit. Thread-safe.
final class CallChannels {
    /// A channel is a thread of the worker; calls beyond wait.
    static final int LIMIT = 400;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<CallChannel> idle = new ArrayDeque<>();
    private final Set<CallChannel> all = new HashSet<>();
    private final Runnable openAnother;
    private int ordered;
    private boolean closed;

    /// @param openAnother asks the worker for a channel; comes back as [#add]
    CallChannels(Runnable openAnother) {
        this.openAnother = openAnother;
    }

    /// A channel for one call.
    ///
    /// @throws WorkerGone when the worker is
    /// @throws Unavailable when all stayed taken for too long
    CallChannel borrow(CallContext context) throws WorkerGone {
        lock.lock();
        try {
            CallChannel free = idle.pollLast();
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

    private CallChannel await(CallContext context) throws WorkerGone {
        long left = PATIENCE.toNanos();
        boolean asked = false;
        lock.lock();
        try {
            while (true) {
                context.cancellation().check();
                CallChannel free = idle.pollLast();
                if (free != null) {
                    return free;
                }
                if (closed) {
                    throw new WorkerGone();
                }
                if (!asked && all.size() + ordered < LIMIT) {
                    asked = true;
                    ordered++;
                    openAnother.run();
                }
                if (left <= 0) {
                    throw new Unavailable(
                            "Too many calls of Python functions at once; try again later", null);
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

    private void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A channel that the worker opened.
    void add(CallChannel channel) {
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

    /// The end of a call.
    void giveBack(CallChannel channel) {
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

    /// Ends all channels; calls that hold one see it.
    void close() {
        lock.lock();
        try {
            closed = true;
            all.forEach(CallChannel::close);
            idle.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
