package dev.mxcp.server.mcp;

import dev.mxcp.server.mcp.era.Eras;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.method.Exchange;
import dev.mxcp.server.mcp.session.LogLevel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every request of the stateless era has to say, in the order in which it is checked (M3.10).
final class Admission {
    private static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
    private static final String CLIENT = "io.modelcontextprotocol/clientInfo";

    private Admission() {}

    /// Steps 2 to 4, before it is known whether there is such a method.
    ///
    /// @throws Refusal with the code of the first step that fails
    static void check(Exchange exchange) {
        String version = Eras.requireMeta(exchange.request());
        exchange.peer().mirror().check(exchange.request());
        Eras.requireServed(version);
    }

    /// Step 6.
    static void checkMeta(Exchange exchange) {
        Map<String, @Nullable Object> meta = exchange.request().meta();
        Object level = meta.get(LOG_LEVEL);
        if (level != null && !(level instanceof String word && LogLevel.of(word).isPresent())) {
            throw Refusal.malformedParams("\"" + LOG_LEVEL + "\" is no level of messages");
        }
        Object client = meta.get(CLIENT);
        if (client != null
                && !(client instanceof Map<?, ?> members
                        && members.get("name") instanceof String
                        && members.get("version") instanceof String)) {
            throw Refusal.malformedParams("\"" + CLIENT + "\" needs a name and a version");
        }
    }
}
