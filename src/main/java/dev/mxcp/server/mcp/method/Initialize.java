package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.era.Revision;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.server.mcp.session.ClientCapabilities;
import dev.mxcp.types.json.JsonBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `initialize`: agrees on a revision and says what is offered (M1.2, M11). The transport opens the
/// session with [#negotiated] before it asks for the answer.
public final class Initialize implements Method {
    public static final String NAME = "initialize";

    private final String productVersion;

    /// @param productVersion ours, shown to clients (V1)
    public Initialize(String productVersion) {
        this.productVersion = productVersion;
    }

    /// The revision to speak with a client.
    ///
    /// @throws Refusal when a required parameter is missing
    public static Revision negotiated(Request request) {
        Map<String, @Nullable Object> params = request.params();
        if (!(params.get("protocolVersion") instanceof String wanted)) {
            throw missing("protocolVersion");
        }
        if (!(params.get("capabilities") instanceof Map)) {
            throw missing("capabilities");
        }
        if (!(params.get("clientInfo") instanceof Map)) {
            throw missing("clientInfo");
        }
        return Revision.of(wanted).orElse(Revision.NEWEST);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        Peer peer = exchange.peer();
        peer.session()
                .capabilities(
                        ClientCapabilities.of(exchange.request().params().get("capabilities")));
        out.raw('{').name("protocolVersion").value(peer.session().revision().text());
        out.raw(",\"capabilities\":");
        // what lives in a session, and is told by it, needs one (M7.18, M11.6)
        boolean session = peer.keepsState();
        Capabilities.write(session, session, peer.era().has("completion/complete"), out);
        out.raw(",\"serverInfo\":{\"name\":\"MXCP Server\",\"version\":");
        out.value(productVersion).raw("}}");
    }

    private static Refusal missing(String parameter) {
        return Refusal.malformedParams("\"" + parameter + "\" is missing or malformed");
    }
}
