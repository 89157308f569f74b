package dev.mxcp.server.mcp.session;

import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.server.mcp.message.RequestId;

/// A request that is being worked on and can be cancelled. Thread-safe; close it when the work
/// ends.
public final class OpenRequest implements AutoCloseable {
    private final Session session;
    private final RequestId id;
    private final Cancellation cancellation = new Cancellation();
    private volatile boolean cancelledByClient;

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
