package dev.mxcp.engine.duckdb;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// What the calls of one client session may have of the pool together, so that a client which keeps
/// asking and never takes an answer leaves something to the others. Thread-safe.
final class Shares {
    private final int limit;
    private final Map<String, Share> shares = new HashMap<>(); // guarded by this

    /// @param limit database sessions that one client session may have at once
    Shares(int limit) {
        this.limit = limit;
    }

    /// The share of one client session; known as long as somebody uses it.
    static final class Share {
        private final String session;
        private final Semaphore places;
        private int users; // guarded by the shares

        private Share(String session, int limit) {
            this.session = session;
            this.places = new Semaphore(limit, true);
        }

        Semaphore places() {
            return places;
        }
    }

    int limit() {
        return limit;
    }

    /// The share to take a place of, to be given to [#leave] afterwards.
    ///
    /// @param session null for who shares with nobody
    synchronized @Nullable Share enter(@Nullable String session) {
        if (session == null) {
            return null;
        }
        Share share = shares.computeIfAbsent(session, name -> new Share(name, limit));
        share.users++;
        return share;
    }

    /// Whoever entered is through with it.
    synchronized void leave(@Nullable Share share) {
        if (share != null && --share.users == 0) {
            shares.remove(share.session);
        }
    }
}
