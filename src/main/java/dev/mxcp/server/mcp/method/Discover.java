package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.era.StatelessEra;
import dev.mxcp.types.json.JsonBuffer;

/// `server/discover`: what the stateless era has instead of a handshake (M11.3).
public final class Discover implements Method {
    @Override
    public String name() {
        return "server/discover";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        out.raw("{\"supportedVersions\":[").value(StatelessEra.REVISION);
        out.raw("],\"capabilities\":");
        Capabilities.write(true, true, true, out);
        out.raw('}');
        CacheHints.NONE.write(exchange, out);
    }
}
