package dev.mxcp.server.mcp.method;

import dev.mxcp.types.json.JsonBuffer;

/// `resources/templates/list` (M13).
public final class ResourceTemplatesList implements Method {
    private final Calls calls;

    public ResourceTemplatesList(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "resources/templates/list";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        Listing list = calls.surface().resourceTemplates(exchange.era().listShape());
        out.raw(list.page(exchange.request().params()));
        CacheHints.NONE.write(exchange, out);
    }
}
