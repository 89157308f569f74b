package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.server.mcp.era.Eras;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.server.mcp.session.ClientCapabilities;
import dev.mxcp.server.mcp.session.LogLevel;
import org.jspecify.annotations.Nullable;

/// One request that is being answered.
///
/// @param callId the one id of this request in all logs
public record Exchange(String callId, Request request, Peer peer) {
    static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

    /// What the answer may carry.
    public Era era() {
        return peer.era();
    }

    /// The least level of log messages that the client wants to have; null if it wants none (M18.2,
    /// M18.3).
    @Nullable LogLevel logLevel() {
        if (!era().stateless()) {
            return peer.session().logLevel();
        }
        return request.meta().get(LOG_LEVEL) instanceof String word
                ? LogLevel.of(word).orElse(null)
                : null;
    }

    /// What the client can do, as it said with this request or when the session began (M11.10).
    ClientCapabilities capabilities() {
        return era().stateless()
                ? ClientCapabilities.of(request.meta().get(Eras.CAPABILITIES))
                : peer.session().capabilities();
    }
}
