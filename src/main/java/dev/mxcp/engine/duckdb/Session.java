package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.duckdb.NativeThreads.Task;
import dev.mxcp.problem.MxcpException.CallCancelled;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one call uses of the database. Statements of one session run one after another, whichever
/// threads ask; what they leave on the session (a transaction, temporary tables, settings) lasts
/// until it is closed, and nobody else ever sees it (R3.6). Must be closed by its borrower.
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// How long a statement that was told to end may take to do so.
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final SessionPool pool;
    private final CallContext borrower;
    private final SessionPool.Place place;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Object handover = new Object();
    private @Nullable Stop running; // guarded by handover
    private boolean givenUp; // guarded by handover
    private volatile boolean revoked;
    private volatile boolean keptOpen;
    private volatile @Nullable Connection connection;

    Session(SessionPool pool, CallContext call, SessionPool.Place place, Connection connection) {
        this.pool = pool;
        this.borrower = call;
        this.place = place;
        this.connection = connection;
    }

    /// Runs all statements of a text, with parameters in any of them; the reader sees the result of
    /// the last one: its rows, one row `Count` for statements that change rows, none for others.
    ///
    /// @throws DuckDbException when a statement fails; earlier ones keep their effects unless the
    ///   text itself began a transaction
    /// @throws CallCancelled when the call was cancelled or the thread interrupted
    public <T extends @Nullable Object> T query(
            String sql, Parameters parameters, ResultReader<T> reader) {
        return query(borrower, sql, parameters, reader);
    }

    /// As above for a call other than the borrower, whose code holds the session now: its
    /// cancellation counts, its caller is who SQL functions see.
    ///
    /// @throws DuckDbException as above
    public <T extends @Nullable Object> T query(
            CallContext call, String sql, Parameters parameters, ResultReader<T> reader) {
        call.cancellation().check();
        KnownText known = pool.texts().of(sql);
        known.refuseForgery();
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException stopped) {
            throw interrupted(call);
        }
        try {
            open();
            return inTurn(call, known, parameters, reader);
        } finally {
            turn.unlock();
        }
    }

    /// Whether the session holds something that later statements of the call may need: an open
    /// transaction, temporary tables, settings, variables (R3.6.2).
    public boolean holdsState() {
        turn.lock();
        try {
            Connection held = connection;
            return held != null && held.state().holdsAnything();
        } finally {
            turn.unlock();
        }
    }

    /// Whether a transaction is open that can still be ended here.
    boolean inTransaction() {
        turn.lock();
        try {
            synchronized (handover) {
                if (givenUp) {
                    return false; // it ends with its connection
                }
            }
            Connection held = connection;
            return held != null && held.state().inTransaction();
        } finally {
            turn.unlock();
        }
    }

    /// Whether closing does nothing for now, since the call will borrow this session again.
    void keepOpen(boolean keep) {
        keptOpen = keep;
    }

    /// Gives the session back. An open transaction is rolled back, with a warning; everything the
    /// session held is gone.
    @Override
    public void close() {
        if (keptOpen && !revoked) {
            return;
        }
        turn.lock();
        try {
            synchronized (handover) {
                if (givenUp) {
                    return; // the thread that is still at work gives the session back
                }
            }
            Connection held = connection;
            if (held != null) {
                connection = null;
                giveBack(held);
            }
        } finally {
            turn.unlock();
        }
    }

    /// Ends the running statement and takes the connection away: the database is being closed.
    void revoke(long nanos) {
        revoked = true;
        synchronized (handover) {
            if (running != null) {
                running.request();
            }
        }
        try {
            if (turn.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                try {
                    close();
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Connection open() {
        Connection held = connection;
        if (held == null) {
            throw new IllegalStateException("the session is closed");
        }
        synchronized (handover) {
            if (givenUp) {
                throw new IllegalStateException("the session was given up after a cancellation");
            }
        }
        return held;
    }

    private <T extends @Nullable Object> T inTurn(
            CallContext call, KnownText known, Parameters parameters, ResultReader<T> reader) {
        Semaphore permits = known.slow() && !place.nested() ? slowPermit(call) : null;
        Thread waiter = Thread.currentThread();
        var stop = new Stop(this::interrupt);
        synchronized (handover) {
            running = stop;
        }
        Task<T> task;
        try {
            task =
                    pool.threads()
                            .submit(() -> work(call, known, parameters, reader, stop, permits));
        } catch (RuntimeException notTaken) {
            ended(permits);
            throw notTaken;
        }
        Runnable onCancel =
                () -> {
                    stop.request();
                    LockSupport.unpark(waiter);
                };
        try (var _ = call.cancellation().onCancel(onCancel)) {
            return await(call, task, stop);
        }
    }

    private <T extends @Nullable Object> T await(CallContext call, Task<T> task, Stop stop) {
        boolean interrupted = false;
        long giveUpAt = 0;
        while (!task.await(LOOK_AGAIN_NANOS)) {
            if (Thread.interrupted()) {
                interrupted = true;
                stop.request();
            }
            if (stop.wanted() && giveUpAt == 0) {
                giveUpAt = System.nanoTime() + GRACE_NANOS;
            }
            if (giveUpAt != 0 && System.nanoTime() - giveUpAt > 0 && giveUp()) {
                throw cancelled(call, interrupted);
            }
            pool.threads().lookAgain();
        }
        try {
            T value = task.result();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return value;
        } catch (DuckDbException failure) {
            if (stop.wanted() && endedByStop(call, failure)) {
                throw cancelled(call, interrupted);
            }
            throw failure;
        }
    }

    /// A function called by the statement may have noticed first, and said so in its own words.
    private boolean endedByStop(CallContext call, DuckDbException failure) {
        return failure.kind() == DuckDbException.Kind.INTERRUPT
                || call.cancellation().reason() != null;
    }

    /// On a thread of the database.
    private <T extends @Nullable Object> T work(
            CallContext call,
            KnownText known,
            Parameters parameters,
            ResultReader<T> reader,
            Stop stop,
            @Nullable Semaphore permits) {
        long start = System.nanoTime();
        try {
            stop.check();
            T value = suited(known).run(known, parameters, reader, stop, call);
            known.slow(System.nanoTime() - start > NativeThreads.SLOW_NANOS);
            return value;
        } catch (DuckDbException failure) {
            if (System.nanoTime() - start > NativeThreads.SLOW_NANOS) {
                known.slow(true);
            }
            throw failure;
        } finally {
            ended(permits);
        }
    }

    private Connection suited(KnownText known) {
        Connection held = open();
        Connection suited = pool.suited(held, known);
        if (suited != held) {
            synchronized (handover) { // nobody may interrupt the old one any more
                connection = suited;
            }
            pool.keep(held);
        }
        return suited;
    }

    private void ended(@Nullable Semaphore permits) {
        if (permits != null) {
            permits.release();
        }
        boolean nobodyWaits;
        synchronized (handover) {
            running = null;
            nobodyWaits = givenUp;
        }
        Connection held = connection;
        if (nobodyWaits && held != null) {
            connection = null;
            held.close();
            pool.released(this, place);
        }
    }

    /// Leaves the session to the thread that is at work in it.
    private boolean giveUp() {
        synchronized (handover) {
            givenUp = running != null;
            return givenUp;
        }
    }

    private void giveBack(Connection held) {
        try {
            if (held.state().holdsAnything()) {
                if (held.state().inTransaction()) {
                    LOG.warn("call {}: an open transaction was rolled back", borrower.id());
                }
                pool.threads().call(() -> closed(held));
            } else {
                pool.keep(held);
            }
        } finally {
            pool.released(this, place);
        }
    }

    private static boolean closed(Connection held) {
        held.close();
        return true;
    }

    /// Only what this session runs may be interrupted: its connection is somebody else's
    /// afterwards.
    private void interrupt() {
        synchronized (handover) {
            Connection held = connection;
            if (running != null && held != null) {
                held.interrupt();
            }
        }
    }

    private Semaphore slowPermit(CallContext call) {
        Semaphore permits = pool.threads().slowPermits();
        try {
            while (!permits.tryAcquire(LOOK_AGAIN_NANOS, TimeUnit.NANOSECONDS)) {
                call.cancellation().check();
            }
            return permits;
        } catch (InterruptedException stopped) {
            throw interrupted(call);
        }
    }

    private CallCancelled interrupted(CallContext call) {
        return cancelled(call, true);
    }

    private CallCancelled cancelled(CallContext call, boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        String reason = call.cancellation().reason();
        if (reason == null) {
            reason = revoked ? "The database is being closed" : "The call was interrupted";
        }
        return new CallCancelled(reason);
    }
}
