package dev.mxcp.quality.evals;

import dev.mxcp.types.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One family of APIs on the wire (cli Q5.4). Only words and shapes; sending is [Wire]'s.
sealed interface ModelApi permits OpenAiApi, ClaudeApi {
    long MAX_TOKENS = 4096;
    String SYSTEM =
            "Answer the user's question. Use the tools where they help, and base the answer on what they give.";

    /// What follows the base URL.
    String path();

    /// The headers beside the content type.
    Map<String, String> headers(String key);

    /// The body of the next request.
    Map<String, @Nullable Object> body(
            ModelSettings model, List<Turn> turns, List<Function> functions);

    /// Reads a successful reply.
    ///
    /// @throws Unusable when it is not one of this API
    Turn.Said said(Map<?, ?> reply);

    static ModelApi of(ModelSettings.Family family) {
        return switch (family) {
            case OPENAI -> new OpenAiApi();
            case CLAUDE -> new ClaudeApi();
        };
    }

    /// The API gave nothing that can be used. The message is for a person.
    final class Unusable extends RuntimeException {
        Unusable(String message) {
            super(message);
        }
    }

    /// Results of calls that stood in the text go back as text.
    static @Nullable String asText(Turn.Results results) {
        List<Turn.Result> byText =
                results.results().stream().filter(one -> one.request().id() == null).toList();
        return byText.isEmpty()
                ? null
                : byText.stream()
                        .map(one ->
                                "%s of %s: %s"
                                        .formatted(
                                                one.failed() ? "Error" : "Result",
                                                one.request().tool(),
                                                one.text()))
                        .collect(Collectors.joining("\n"));
    }

    static Map<String, @Nullable Object> object(@Nullable Object... members) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(String.valueOf(members[i]), members[i + 1]);
        }
        return object;
    }

    static Usage usage(Map<?, ?> reply, String input, String output) {
        return reply.get("usage") instanceof Map<?, ?> usage
                ? new Usage(count(usage.get(input)), count(usage.get(output)))
                : Usage.NONE;
    }

    private static long count(@Nullable Object number) {
        return number instanceof Number count ? count.longValue() : 0;
    }

    /// Arguments that came as an object, or as the text of one.
    static @Nullable Map<String, @Nullable Object> arguments(@Nullable Object value) {
        Object parsed = value;
        if (value instanceof String text) {
            try {
                parsed = text.isBlank() ? Map.of() : Json.parse(text);
            } catch (Json.Malformed malformed) {
                return null;
            }
        }
        if (parsed == null) {
            return new LinkedHashMap<>();
        }
        if (!(parsed instanceof Map<?, ?> map)) {
            return null;
        }
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, argument) -> arguments.put(String.valueOf(name), argument));
        return arguments;
    }

    static List<Map<?, ?>> maps(@Nullable Object value) {
        var maps = new ArrayList<Map<?, ?>>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }
}
