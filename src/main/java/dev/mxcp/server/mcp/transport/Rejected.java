package dev.mxcp.server.mcp.transport;

import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.RequestId;
import org.jspecify.annotations.Nullable;

/// An HTTP request is answered with an error status and a small JSON-RPC error.
final class Rejected extends RuntimeException {
    private final int status;
    private final transient @Nullable RequestId id;
    private final transient Refusal refusal;

    Rejected(int status, @Nullable RequestId id, Refusal refusal) {
        super(refusal.text(), null, false, false);
        this.status = status;
        this.id = id;
        this.refusal = refusal;
    }

    /// For what goes wrong before the message is read.
    Rejected(int status, String why) {
        this(status, null, new Refusal(ErrorCode.INVALID_REQUEST, "Invalid request: " + why));
    }

    int status() {
        return status;
    }

    @Nullable RequestId id() {
        return id;
    }

    Refusal refusal() {
        return refusal;
    }
}
