package dev.mxcp.server.mcp.session;

import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.server.mcp.message.RequestId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request that is being worked on and can be cancelled. Thread-safe; close it when the work
/// ends.
public final class OpenRequest implements AutoCloseable {
    private final Session session;
    private final RequestId id;
    private final Cancellation cancellation = new Cancellation();
    private volatile boolean cancelledByClient;
    private volatile boolean lost;
    private Instant lastSign = Instant.EPOCH; // this and below: guarded by this
    private long silentSince;

    OpenRequest(Session session, RequestId id) {
        this.session = session;
        this.id = id;
    }

    /// Ends the work, whoever wants it.
    public Cancellation cancellation() {
        return cancellation;
    }

    /// Whether the client does not want an answer any more (M20.2).
    public boolean cancelledByClient() {
        return cancelledByClient;
    }

    /// Told now and then while the answer has no way to its client any more. That is no
    /// cancellation (M7.12): the work goes on, until the client has shown no other sign of life for
    /// a while.
    ///
    /// @param now of [System#nanoTime()]
    /// @param patience null to go on for ever
    public synchronized void lost(long now, @Nullable Duration patience) {
        Instant sign = session.lastUsed();
        if (!lost || !sign.equals(lastSign) || session.hasConnection()) {
            lost = true;
            lastSign = sign;
            silentSince = now;
        } else if (patience != null && now - silentSince >= patience.toNanos()) {
            cancellation.cancel("its client has been gone for longer than limits.abandoned_after");
        }
    }

    boolean lost() {
        return lost;
    }

    RequestId id() {
        return id;
    }

    void cancelByClient(String reason) {
        cancelledByClient = true;
        cancellation.cancel(reason);
    }

    @Override
    public void close() {
        session.ended(this);
    }
}
