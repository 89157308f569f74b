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
        Listing list = calls.surface().prompts(exchange.era().listShape());
        out.raw(list.page(exchange.request().params()));
        CacheHints.NONE.write(exchange, out);
    }
}
