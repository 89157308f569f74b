package dev.mxcp.server.mcp.method;

import dev.mxcp.types.json.JsonBuffer;

/// `resources/list` (M13).
public final class ResourcesList implements Method {
    private final Calls calls;

    public ResourcesList(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "resources/list";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        out.raw(calls.surface().resources().page(exchange.request().params()));
    }
}
