package dev.mxcp.server.mcp.session;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.server.mcp.era.Eras;
import dev.mxcp.server.mcp.era.Revision;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.types.json.JsonBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What one client and we agreed on (M7.19): revision, log level, its open requests. On stdio there
/// is one a process, without HTTP sessions one a request. It never authenticates anyone (M7.5).
/// Thread-safe.
public final class Session {
    private final String id;
    private final Revision revision;
    private final Caller opener;
    private final Set<OpenRequest> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable StandAloneStream> standAloneStream =
            new AtomicReference<>();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private final OpenQuestions questions = new OpenQuestions();
    private volatile ClientCapabilities capabilities = ClientCapabilities.NONE;
    private volatile @Nullable LogLevel logLevel;
    private volatile Instant lastUsed;
    private volatile boolean ended;

    /// @param id as in `Mcp-Session-Id`; empty where sessions have none
    public Session(String id, Revision revision, Caller opener, Instant now) {
        this.id = id;
        this.revision = revision;
        this.opener = opener;
        this.lastUsed = now;
    }

    public String id() {
        return id;
    }

    /// The id, or null where there is none.
    public @Nullable String name() {
        return id.isEmpty() ? null : id;
    }

    /// What governs everything that is sent (M7.7).
    public Era era() {
        return Eras.of(revision);
    }

    public Revision revision() {
        return revision;
    }

    /// Whether this is the user that opened the session (M7.5).
    public boolean belongsTo(Caller caller) {
        return Objects.equals(opener.provider(), caller.provider())
                && Objects.equals(opener.userId(), caller.userId());
    }

    /// The least level of messages the client wants; null until it said so (M18.2).
    public @Nullable LogLevel logLevel() {
        return logLevel;
    }

    public void logLevel(LogLevel level) {
        logLevel = level;
    }

    /// What the client said that it can do (M11.10).
    public ClientCapabilities capabilities() {
        return capabilities;
    }

    public void capabilities(ClientCapabilities declared) {
        capabilities = declared;
    }

    /// URIs of the resources that the client watches (M15.11).
    public Set<String> watched() {
        return watched;
    }

    /// What the client was asked and has not answered.
    public OpenQuestions questions() {
        return questions;
    }

    /// Notes a request that can be cancelled from now on. Ids should be unique (M4.9); those that
    /// are not are cancelled together.
    public OpenRequest begin(RequestId request) {
        var begun = new OpenRequest(this, request);
        open.add(begun);
        if (ended) {
            begun.cancelByClient("the session has ended");
        }
        return begun;
    }

    void ended(OpenRequest request) {
        open.remove(request);
    }

    /// Cancels what has this id on behalf of the client; unknown and finished requests are ignored
    /// (M20.2).
    public void cancel(RequestId request, String reason) {
        for (OpenRequest running : open) {
            if (running.id().equals(request)) {
                running.cancelByClient(reason);
            }
        }
    }

    /// Takes the one place for a stand-alone stream (M7.13). When it is taken, its holder is told
    /// to see whether its client is still there.
    public boolean openStream(StandAloneStream stream) {
        if (standAloneStream.compareAndSet(null, stream)) {
            return true;
        }
        pokeStream();
        return false;
    }

    /// Gives the place back.
    public void closeStream(StandAloneStream stream) {
        standAloneStream.compareAndSet(stream, null);
    }

    /// Whether the session was ended or expired; its stand-alone stream then closes.
    public boolean ended() {
        return ended;
    }

    void touch(Instant now) {
        lastUsed = now;
    }

    Instant lastUsed() {
        return lastUsed;
    }

    /// Whether a connection of the client is open, as far as we can know.
    boolean hasConnection() {
        return standAloneStream.get() != null || open.stream().anyMatch(request -> !request.lost());
    }

    boolean idleSince(Instant limit) {
        return open.isEmpty() && standAloneStream.get() == null && lastUsed.isBefore(limit);
    }

    void end() {
        ended = true;
        open.forEach(request -> request.cancelByClient("the session has ended"));
        pokeStream();
    }

    void pokeStream() {
        StandAloneStream stream = standAloneStream.get();
        if (stream != null) {
            stream.poke();
        }
    }

    /// Sends a message that belongs to no request, if there is a stream for it.
    void offer(JsonBuffer message) {
        StandAloneStream stream = standAloneStream.get();
        if (stream != null) {
            stream.offer(message);
        }
    }
}
