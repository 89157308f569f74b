package dev.mxcp.server.mcp.session;

import dev.mxcp.engine.call.Cancellation;
import java.util.function.Consumer;

/// A request that is being worked on and can be cancelled. Thread-safe; close it when the work
/// ends.
public final class OpenRequest implements AutoCloseable {
    private final Cancellation cancellation = new Cancellation();
    private final Consumer<OpenRequest> remove;
    private volatile boolean cancelledByClient;

    OpenRequest(Consumer<OpenRequest> remove) {
        this.remove = remove;
    }

    /// Ends the work, whoever wants it.
    public Cancellation cancellation() {
        return cancellation;
    }

    /// Whether the client does not want an answer any more (M20.2).
    public boolean cancelledByClient() {
        return cancelledByClient;
    }

    void cancelByClient(String reason) {
        cancelledByClient = true;
        cancellation.cancel(reason);
    }

    @Override
    public void close() {
        remove.accept(this);
    }
}
