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
        Listing list = calls.surface().resources(exchange.era().listShape());
        out.raw(list.page(exchange.request().params()));
        CacheHints.NONE.write(exchange, out);
    }
}
