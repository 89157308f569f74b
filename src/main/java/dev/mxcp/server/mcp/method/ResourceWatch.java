package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.types.json.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `resources/subscribe` and `resources/unsubscribe` of a session (M15.11).
public final class ResourceWatch implements Method {
    private static final int MOST_WATCHED = 1000;

    private final Calls calls;
    private final boolean begins;

    /// @param begins whether to watch, or to stop watching
    public ResourceWatch(Calls calls, boolean begins) {
        this.calls = calls;
        this.begins = begins;
    }

    @Override
    public String name() {
        return begins ? "resources/subscribe" : "resources/unsubscribe";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        if (!exchange.peer().keepsState()) {
            throw new Refusal(ErrorCode.METHOD_NOT_FOUND, "Method not found: " + name());
        }
        String uri = Params.text(exchange.request(), "uri");
        Set<String> watched = exchange.peer().session().watched();
        if (!begins) {
            watched.remove(uri);
        } else if (calls.surface().resource(uri).isEmpty()) {
            var data = new LinkedHashMap<String, @Nullable Object>();
            data.put("uri", uri);
            throw new Refusal(exchange.era().resourceNotFound(), "Unknown resource: " + uri, data);
        } else if (watched.size() >= MOST_WATCHED && !watched.contains(uri)) {
            throw Refusal.invalidParams("A session watches at most " + MOST_WATCHED + " resources");
        } else {
            watched.add(uri);
        }
        out.raw("{}");
    }
}
