package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.Unavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lends sessions, at most so many at once, and keeps connections for the next ones: those that
/// have the functions about the caller apart from those that have not, because only the latter can
/// keep prepared statements without asking what a view hides. Thread-safe; owned by [DuckDb].
final class SessionPool implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Instance instance;
    private final NativeThreads threads;
    private final int limit;
    private final Duration wait;
    private final Semaphore places;
    private final Shares shares;
    private final KnownTexts texts = new KnownTexts();
    private final Object lock = new Object();
    private final Deque<Connection> plain = new ArrayDeque<>(); // guarded by lock
    private final Deque<Connection> withCaller = new ArrayDeque<>(); // guarded by lock
    private final Map<String, Integer> sessionsOfCall = new HashMap<>(); // guarded by lock
    private final Map<String, Session> pinned = new HashMap<>(); // by call; guarded by lock
    private final Map<String, Integer> functionsOfCall = new HashMap<>(); // guarded by lock
    private final Set<Session> sessions = new HashSet<>(); // guarded by lock
    private boolean closed; // guarded by lock

    SessionPool(Instance instance, NativeThreads threads, Limits limits) {
        this.instance = instance;
        this.threads = threads;
        this.limit = limits.sessions();
        this.wait = limits.patience();
        this.places = new Semaphore(limit, true);
        this.shares = new Shares(limits.sessionsOfOneClient());
    }

    /// How many sessions there may be.
    ///
    /// @param sessions lent at once
    /// @param sessionsOfOneClient of them, to calls of the same client session
    /// @param patience how long a call waits for one
    record Limits(int sessions, int sessionsOfOneClient, Duration patience) {}

    /// The place of a session among all that may exist at once.
    ///
    /// @param nested whether the call had a session already, or is a hook or import: then it waits
    ///   for nobody, since others may be waiting for it
    /// @param share what it takes a place of beside the whole, if anything
    record Place(String call, boolean nested, Shares.@Nullable Share share) {}

    /// How many sessions are lent.
    int lent() {
        synchronized (lock) {
            return sessions.size();
        }
    }

    /// How many calls wait for one, about.
    int waiting() {
        return places.getQueueLength();
    }

    NativeThreads threads() {
        return threads;
    }

    KnownTexts texts() {
        return texts;
    }

    /// Lends a session to a call.
    ///
    /// @throws Unavailable when none became free in time, or the database is being closed
    /// @throws CallCancelled when the call was cancelled or the thread interrupted
    Session borrow(CallContext call) {
        Session shared = pinnedFor(call.id());
        return shared == null ? another(call) : shared;
    }

    /// A session that a call then borrows whenever it borrows one, until it is unpinned.
    Session pin(CallContext call) {
        Session session = another(call);
        session.keepOpen(true);
        synchronized (lock) {
            pinned.put(call.id(), session);
        }
        return session;
    }

    void unpin(CallContext call) {
        synchronized (lock) {
            Session session = pinned.remove(call.id());
            if (session != null) {
                session.keepOpen(false);
            }
        }
    }

    /// A statement that calls a function has its session for itself, so the function gets another.
    private @Nullable Session pinnedFor(String call) {
        synchronized (lock) {
            return functionsOfCall.containsKey(call) ? null : pinned.get(call);
        }
    }

    private Session another(CallContext call) {
        call.cancellation().check();
        // calls that have a session may be waiting for a worker, whose start must not wait for them
        boolean nested = enter(call.id()) || call.internal();
        var place = new Place(call.id(), nested, nested ? null : shares.enter(call.session()));
        boolean lent = false;
        try {
            if (!nested) {
                waitForPlace(call, place);
            }
            try {
                Session session = new Session(this, call, place, connection());
                register(session);
                lent = true;
                return session;
            } finally {
                if (!lent) {
                    release(place);
                }
            }
        } finally {
            if (!lent) {
                leave(place);
            }
        }
    }

    /// A connection that fits a text: the one at hand if it must be or if it fits, else another,
    /// and then the one at hand is to be given to [#keep(Connection)].
    Connection suited(Connection held, KnownText known) {
        if (held.state().holdsAnything() || held.hasCallerFunctions() == known.needsCaller()) {
            return held;
        }
        Connection other = poll(known.needsCaller());
        if (other == null) {
            if (known.needsCaller()) {
                return held; // it will learn the functions
            }
            other = instance.connect();
        }
        return other;
    }

    /// Takes back a connection on which nothing was left.
    void keep(Connection connection) {
        if (connection.knowsCaller()) {
            threads.call(() -> keepHere(connection));
        } else {
            keepHere(connection);
        }
    }

    /// A connection for work of our own, to be given to [#keep(Connection)] afterwards.
    Connection connection() {
        Connection kept = poll(false);
        return kept == null ? threads.call(instance::connect) : kept;
    }

    /// The same with the functions about the caller, which it may still have to learn.
    Connection connectionWithCaller() {
        Connection kept = poll(true);
        return kept == null ? connection() : kept;
    }

    /// A session has ended.
    void released(Session session, Place place) {
        synchronized (lock) {
            sessions.remove(session);
        }
        leave(place);
        release(place);
    }

    private void release(Place place) {
        if (!place.nested()) {
            places.release();
            if (place.share() != null) {
                place.share().places().release();
            }
        }
    }

    private void leave(Place place) {
        shares.leave(place.share());
        leave(place.call());
    }

    /// Ends what runs, takes back all sessions and closes all connections.
    @Override
    public void close() {
        List<Session> open;
        synchronized (lock) {
            closed = true;
            open = List.copyOf(sessions);
        }
        long deadline = System.nanoTime() + CLOSE_NANOS;
        for (Session session : open) {
            session.revoke(Math.max(1, deadline - System.nanoTime()));
        }
        threads.call(this::closeIdle);
    }

    private boolean closeIdle() {
        synchronized (lock) {
            plain.forEach(Connection::close);
            withCaller.forEach(Connection::close);
            plain.clear();
            withCaller.clear();
            return true;
        }
    }

    private boolean keepHere(Connection connection) {
        try {
            connection.forgetCaller();
        } catch (DuckDbException broken) {
            connection.close();
            return false;
        }
        synchronized (lock) {
            if (!closed && plain.size() + withCaller.size() < 2 * limit) {
                (connection.hasCallerFunctions() ? withCaller : plain).addLast(connection);
                return true;
            }
        }
        threads.call(() -> {
            connection.close();
            return true;
        });
        return false;
    }

    private @Nullable Connection poll(boolean callerFunctions) {
        synchronized (lock) {
            return (callerFunctions ? withCaller : plain).pollLast();
        }
    }

    /// First of the share, then of the whole: who waits for a share keeps nobody else waiting.
    private void waitForPlace(CallContext call, Place place) {
        long deadline = System.nanoTime() + wait.toNanos();
        Shares.Share share = place.share();
        if (share != null) {
            take(share.places(), deadline, call, this::shareIsUsed);
        }
        boolean taken = false;
        try {
            take(places, deadline, call, this::allAreUsed);
            taken = true;
        } finally {
            if (!taken && share != null) {
                share.places().release();
            }
        }
    }

    private void take(Semaphore of, long deadline, CallContext call, Supplier<String> why) {
        try {
            while (!of.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                call.cancellation().check();
                if (System.nanoTime() - deadline >= 0) {
                    throw new Unavailable(why.get(), null);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            String reason = call.cancellation().reason();
            throw new CallCancelled(reason == null ? "The call was interrupted" : reason);
        }
    }

    private String allAreUsed() {
        return "All %d database sessions are in use, and none became free within %s (limits.connections, limits.connection_wait)"
                .formatted(limit, seconds(wait));
    }

    private String shareIsUsed() {
        return "Other calls of this client use the %d database sessions that it may have, and none became free within %s (limits.session_connections, limits.connection_wait)"
                .formatted(shares.limit(), seconds(wait));
    }

    /// What a function does inside a statement: its call has a session, so it gets further ones
    /// without waiting, and threads for them although this one is held.
    FunctionBody whileOccupied(FunctionBody body) {
        return (batch, result) -> {
            String call = batch.call().id();
            enter(call);
            inFunction(call, 1);
            threads.heldFromOutside(1);
            try {
                body.call(batch, result);
            } finally {
                threads.heldFromOutside(-1);
                inFunction(call, -1);
                leave(call);
            }
        };
    }

    private void inFunction(String call, int change) {
        synchronized (lock) {
            functionsOfCall.merge(call, change, Integer::sum);
            functionsOfCall.remove(call, 0);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }

    private void register(Session session) {
        synchronized (lock) {
            sessions.add(session);
        }
    }

    private boolean enter(String call) {
        synchronized (lock) {
            if (closed) {
                throw new Unavailable("The database is closed", null);
            }
            return sessionsOfCall.merge(call, 1, Integer::sum) > 1;
        }
    }

    private void leave(String call) {
        synchronized (lock) {
            sessionsOfCall.computeIfPresent(call, (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
