package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.session.LogLevel;
import dev.mxcp.types.json.JsonBuffer;

/// `logging/setLevel`: the least level of messages that the client wants from now on (M18.2).
public final class SetLogLevel implements Method {
    @Override
    public String name() {
        return "logging/setLevel";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        if (!exchange.peer().keepsState()) {
            throw new Refusal(ErrorCode.METHOD_NOT_FOUND, "Method not found: " + name());
        }
        LogLevel level =
                exchange.request().params().get("level") instanceof String word
                        ? LogLevel.of(word).orElseThrow(SetLogLevel::unknown)
                        : null;
        if (level == null) {
            throw unknown();
        }
        exchange.peer().session().logLevel(level);
        out.raw("{}");
    }

    private static Refusal unknown() {
        return Refusal.malformedParams("unknown log level");
    }
}
