package dev.mxcp.server.mcp.method;

import dev.mxcp.types.json.JsonBuffer;

/// `tools/list` (M13).
public final class ToolsList implements Method {
    private final Calls calls;

    public ToolsList(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "tools/list";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        out.raw(
                calls.surface()
                        .tools(exchange.era().toolShape())
                        .page(exchange.request().params()));
    }
}
