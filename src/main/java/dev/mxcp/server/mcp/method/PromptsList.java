package dev.mxcp.server.mcp.method;

import dev.mxcp.types.json.JsonBuffer;

/// `prompts/list` (M13).
public final class PromptsList implements Method {
    private final Calls calls;

    public PromptsList(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "prompts/list";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        out.raw(calls.surface().prompts().page(exchange.request().params()));
    }
}
