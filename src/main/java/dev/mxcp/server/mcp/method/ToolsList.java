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
        Listing list = calls.surface().tools(exchange.era().listShape());
        out.raw(list.page(exchange.request().params()));
        CacheHints.NONE.write(exchange, out);
    }
}
