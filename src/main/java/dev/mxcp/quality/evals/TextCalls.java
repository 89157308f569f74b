package dev.mxcp.quality.evals;

import com.fasterxml.jackson.core.JsonParser;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls that a model without tool calling writes into its text (cli Q5.4, Q5.5): `{"tool": ...,
/// "arguments": {...}}` or a list of these, alone, in prose or in a fenced block.
final class TextCalls {
    private TextCalls() {}

    static List<Turn.Request> in(String text) {
        var calls = new ArrayList<Turn.Request>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            if (bytes[at] == '{' || bytes[at] == '[') {
                int end = read(bytes, at, calls);
                at = end > at ? end : at + 1;
            } else {
                at++;
            }
        }
        return calls;
    }

    /// Where the JSON that begins here ends, if it is a call or several; else 0.
    private static int read(byte[] bytes, int from, List<Turn.Request> calls) {
        try (JsonParser parser = Json.parser(bytes, from, bytes.length - from)) {
            parser.nextToken();
            List<Turn.Request> found = calls(Json.value(parser));
            calls.addAll(found);
            return found.isEmpty()
                    ? 0
                    : from + Math.toIntExact(parser.currentLocation().getByteOffset());
        } catch (IOException noJson) {
            return 0;
        }
    }

    private static List<Turn.Request> calls(@Nullable Object value) {
        var calls = new ArrayList<Turn.Request>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                List<Turn.Request> one = item instanceof Map<?, ?> ? calls(item) : List.of();
                if (one.isEmpty()) {
                    return List.of(); // some other list
                }
                calls.addAll(one);
            }
        } else if (value instanceof Map<?, ?> map && map.get("tool") instanceof String tool) {
            calls.add(new Turn.Request(null, tool, ModelApi.arguments(map.get("arguments"))));
        }
        return calls;
    }
}
