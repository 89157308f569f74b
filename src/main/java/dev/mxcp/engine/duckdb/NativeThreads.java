package dev.mxcp.engine.duckdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The only threads that enter DuckDB (D3): a virtual thread inside native code would keep its
/// carrier. A caller hands its work over and waits. Work that is known to be slow shares a part of
/// the threads; work that turns slow lets a spare thread in, so that short work does not wait
/// behind long. Thread-safe; owned by [DuckDb].
final class NativeThreads implements AutoCloseable {
    static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final int size;
    private final int spares;
    private final Semaphore slowPermits;
    private final Object lock = new Object();
    private final Deque<Task<?>> queue = new ArrayDeque<>(); // guarded by lock
    private final Deque<Worker> idle = new ArrayDeque<>(); // guarded by lock
    private final List<Worker> workers = new ArrayList<>(); // guarded by lock
    private int held; // guarded by lock
    private boolean closed; // guarded by lock

    /// @param size threads for ordinary work
    /// @param spares further threads while as many of the others are held by long work
    NativeThreads(int size, int spares) {
        this.size = size;
        this.spares = spares;
        this.slowPermits = new Semaphore(Math.max(1, size / 2), true);
    }

    /// What a thread does for a caller.
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run();
    }

    /// A permit for slow work, to be waited for by its caller before the work is handed over.
    Semaphore slowPermits() {
        return slowPermits;
    }

    /// Hands work over and waits for its end, whatever happens to the waiting thread meanwhile; a
    /// thread of this set does it itself.
    <T extends @Nullable Object> T call(Work<T> work) {
        if (Thread.currentThread() instanceof Worker) {
            return work.run();
        }
        Task<T> task = submit(work);
        boolean interrupted = false;
        while (!task.await(LOOK_AGAIN_NANOS)) {
            interrupted |= Thread.interrupted();
            lookAgain();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return task.result();
    }

    /// Hands work over; the current thread will wait for it.
    <T extends @Nullable Object> Task<T> submit(Work<T> work) {
        var task = new Task<T>(work, Thread.currentThread());
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the database is closed");
            }
            Worker free = idle.pollLast();
            if (free != null) {
                free.take(task);
            } else if (workers.size() < allowed()) {
                start(task);
            } else {
                queue.addLast(task);
            }
        }
        return task;
    }

    /// Starts a spare thread if work waits while the threads are held by long work. Waiting callers
    /// ask for this now and then.
    void lookAgain() {
        synchronized (lock) {
            if (!queue.isEmpty() && workers.size() < allowed()) {
                start(queue.removeFirst());
            }
        }
    }

    /// Statements that wait for code outside of DuckDB hold threads, and that code may need
    /// statements of its own: as many further threads may run meanwhile.
    void heldFromOutside(int change) {
        synchronized (lock) {
            held += change;
            if (!queue.isEmpty() && workers.size() < allowed()) {
                start(queue.removeFirst());
            }
        }
    }

    /// Ends the threads when their work is done. Work that still waits is done before.
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            idle.forEach(LockSupport::unpark);
            idle.clear();
        }
    }

    private int allowed() {
        if (workers.size() < size + held) {
            return size + held;
        }
        long now = System.nanoTime();
        int slow = 0;
        for (Worker worker : workers) {
            slow += worker.holdsLongWork(now) ? 1 : 0;
        }
        return size + held + Math.min(slow, spares);
    }

    private void start(Task<?> first) {
        var worker = new Worker(first);
        workers.add(worker);
        worker.start();
    }

    /// The next task for a worker that has none, or null when it shall end.
    private @Nullable Task<?> next(Worker worker) {
        synchronized (lock) {
            Task<?> task = queue.pollFirst();
            if (task != null) {
                return task;
            }
            if (closed) {
                workers.remove(worker);
                return null;
            }
            idle.addLast(worker);
        }
        return worker.waitForTask();
    }

    /// Whether an idle worker may end; not if a task has just been given to it.
    private boolean leaves(Worker worker) {
        synchronized (lock) {
            if (worker.given != null) {
                return false;
            }
            idle.remove(worker);
            workers.remove(worker);
            return true;
        }
    }

    private final class Worker extends Thread {
        private volatile @Nullable Task<?> given;
        private volatile long busySince;

        Worker(Task<?> first) {
            given = first;
            busySince = System.nanoTime() | 1;
            setDaemon(true);
            setName("duckdb-" + threadId());
        }

        void take(Task<?> task) {
            given = task;
            LockSupport.unpark(this);
        }

        boolean holdsLongWork(long now) {
            long since = busySince;
            return since != 0 && now - since > SLOW_NANOS;
        }

        @Override
        public void run() {
            Task<?> task = given;
            given = null;
            while (task != null) {
                busySince = System.nanoTime() | 1; // 0 stands for idle
                task.run();
                busySince = 0;
                task = next(this);
            }
        }

        private @Nullable Task<?> waitForTask() {
            long deadline = System.nanoTime() + IDLE_NANOS;
            while (true) {
                Task<?> task = given;
                if (task != null) {
                    given = null;
                    return task;
                }
                long left = deadline - System.nanoTime();
                if ((left <= 0 || isClosed()) && leaves(this)) {
                    return null;
                }
                LockSupport.parkNanos(this, Math.max(left, 1));
            }
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /// Work on its way: waits, runs, has ended. The thread that submitted it waits for it.
    static final class Task<T extends @Nullable Object> {
        private final Work<T> work;
        private final Thread waiter;
        private @Nullable T value;
        private @Nullable Throwable failure;
        private volatile boolean done;

        Task(Work<T> work, Thread waiter) {
            this.work = work;
            this.waiter = waiter;
        }

        void run() {
            try {
                value = work.run();
            } catch (Throwable thrown) { // belongs to the caller, whatever it is
                failure = thrown;
            }
            done = true;
            LockSupport.unpark(waiter);
        }

        /// Waits until the work has ended, or the time is over, or the thread is interrupted.
        boolean await(long nanos) {
            if (!done) {
                LockSupport.parkNanos(this, nanos);
            }
            return done;
        }

        boolean done() {
            return done;
        }

        /// What came out, after the end.
        @SuppressWarnings("NullAway") // set by run() unless T itself is nullable
        T result() {
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            return value;
        }
    }
}
