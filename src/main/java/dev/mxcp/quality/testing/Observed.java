package dev.mxcp.quality.testing;

import dev.mxcp.engine.RenderedMessage;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The value that assertions look at (cli Q3.3).
final class Observed {
    private Observed() {}

    /// Of a tool or resource.
    static @Nullable Object of(JsonBuffer json) {
        return Json.parse(json.array(), 0, json.size());
    }

    /// Of a prompt: what the last message of the assistant says, as JSON if it looks like a list or
    /// an object; without such a message the list of messages.
    static @Nullable Object of(List<RenderedMessage> messages) {
        for (RenderedMessage message : messages.reversed()) {
            if ("assistant".equals(message.role())) {
                return said(message.prompt().strip());
            }
        }
        var all = new ArrayList<@Nullable Object>();
        for (RenderedMessage message : messages) {
            var shown = new LinkedHashMap<String, @Nullable Object>();
            shown.put("prompt", message.prompt());
            shown.put("role", message.role());
            shown.put("type", message.type());
            all.add(shown);
        }
        return all;
    }

    private static @Nullable Object said(String text) {
        boolean brackets =
                (text.startsWith("[") && text.endsWith("]"))
                        || (text.startsWith("{") && text.endsWith("}"));
        if (!brackets) {
            return text;
        }
        try {
            return Json.parse(text);
        } catch (Json.Malformed plainText) {
            return text;
        }
    }
}
