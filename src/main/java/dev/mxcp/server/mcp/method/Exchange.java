package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.server.mcp.message.Request;

/// One request that is being answered.
///
/// @param callId the one id of this request in all logs
public record Exchange(String callId, Request request, Peer peer) {

    /// What the answer may carry.
    public Era era() {
        return peer.session().era();
    }
}
