package dev.mxcp.server.mcp.method;

import dev.mxcp.types.json.JsonBuffer;

/// `ping`: an empty object, at once (M11.9).
public final class Ping implements Method {
    @Override
    public String name() {
        return "ping";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        out.raw("{}");
    }
}
