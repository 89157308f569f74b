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
        out.raw(calls.surface().resourceTemplates().page(exchange.request().params()));
    }
}
