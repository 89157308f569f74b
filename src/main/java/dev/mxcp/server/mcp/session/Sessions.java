package dev.mxcp.server.mcp.session;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.server.mcp.era.Revision;
import dev.mxcp.types.json.JsonBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The sessions of the HTTP transport: bounded in number, ended by the client or when idle (M7.6).
/// Thread-safe.
public final class Sessions {
    private static final int ID_BYTES = 16;
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Limits limits;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<String, Session> byId = new ConcurrentHashMap<>();
    private volatile Instant nextSweep;

    /// How many sessions there may be, and how long one may be idle.
    public record Limits(int sessions, Duration idle) {
        /// 10,000 sessions, half an hour.
        public static final Limits DEFAULT = new Limits(10_000, Duration.ofMinutes(30));
    }

    public Sessions(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.nextSweep = clock.instant().plus(SWEEP);
    }

    /// Opens a session under a random id; empty when there are too many.
    public Optional<Session> open(Revision revision, Caller opener) {
        if (byId.size() >= limits.sessions() || clock.instant().isAfter(nextSweep)) {
            expire();
            if (byId.size() >= limits.sessions()) {
                return Optional.empty();
            }
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        var session = new Session(HexFormat.of().formatHex(id), revision, opener, clock.instant());
        byId.put(session.id(), session);
        return Optional.of(session);
    }

    /// The session, if it is alive and was opened by the same user (M7.5). Finding it is activity.
    public Optional<Session> find(String id, Caller caller) {
        Session session = byId.get(id);
        if (session == null || !session.belongsTo(caller)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (session.idleSince(now.minus(limits.idle()))) {
            end(session);
            return Optional.empty();
        }
        session.touch(now);
        return Optional.of(session);
    }

    /// Notes the end of something that kept the session busy.
    public void touch(Session session) {
        session.touch(clock.instant());
    }

    /// Ends a session: its open requests are cancelled, its stream closes, its id is unknown.
    public void end(Session session) {
        byId.remove(session.id());
        session.end();
    }

    /// Ends what has been idle for too long.
    public void expire() {
        Instant now = clock.instant();
        nextSweep = now.plus(SWEEP);
        Instant limit = now.minus(limits.idle());
        List.copyOf(byId.values()).stream()
                .filter(session -> session.idleSince(limit))
                .forEach(this::end);
    }

    /// Tells all stand-alone streams to look whether they should go on.
    public void pokeStreams() {
        byId.values().forEach(Session::pokeStream);
    }

    /// Sends a message to every session that has a stream for it (M21.1).
    public void offer(JsonBuffer message) {
        byId.values().forEach(session -> session.offer(message));
    }

    /// Sends a message to every session that watches a resource and has a stream (M15.11).
    public void offerToWatchers(String uri, JsonBuffer message) {
        byId.values().stream()
                .filter(session -> session.watched().contains(uri))
                .forEach(session -> session.offer(message));
    }

    int size() {
        return byId.size();
    }
}
