package dev.mxcp.quality.evals;

import static dev.mxcp.quality.evals.ModelApi.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages: `POST /v1/messages` with `tools`, `tool_use` and `tool_result`.
final class ClaudeApi implements ModelApi {
    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public Map<String, String> headers(String key) {
        return Map.of("x-api-key", key, "anthropic-version", "2023-06-01");
    }

    @Override
    public Map<String, @Nullable Object> body(
            ModelSettings model, List<Turn> turns, List<Function> functions) {
        Map<String, @Nullable Object> body =
                object(
                        "model",
                        model.wireName(),
                        "max_tokens",
                        MAX_TOKENS,
                        "system",
                        SYSTEM,
                        "messages",
                        turns.stream().map(ClaudeApi::message).toList());
        if (!functions.isEmpty()) {
            body.put(
                    "tools",
                    functions.stream()
                            .map(one ->
                                    object(
                                            "name", one.name(),
                                            "description", one.description(),
                                            "input_schema", one.schema()))
                            .toList());
        }
        return body;
    }

    private static Map<String, @Nullable Object> message(Turn turn) {
        return switch (turn) {
            case Turn.Question(String text) -> object("role", "user", "content", text);
            case Turn.Said said -> object("role", "assistant", "content", said.raw());
            case Turn.Results results -> {
                var blocks = new ArrayList<@Nullable Object>();
                for (Turn.Result result : results.results()) {
                    if (result.request().id() != null) {
                        blocks.add(
                                object(
                                        "type", "tool_result",
                                        "tool_use_id", result.request().id(),
                                        "content", result.text(),
                                        "is_error", result.failed()));
                    }
                }
                String text = ModelApi.asText(results);
                if (text != null) {
                    blocks.add(object("type", "text", "text", text));
                }
                yield object("role", "user", "content", blocks);
            }
        };
    }

    @Override
    public Turn.Said said(Map<?, ?> reply) {
        if (!(reply.get("content") instanceof List<?> content)) {
            throw new Unusable("the API's reply has no content");
        }
        var calls = new ArrayList<Turn.Request>();
        var text = new StringBuilder();
        for (Map<?, ?> block : ModelApi.maps(content)) {
            if ("tool_use".equals(block.get("type"))) {
                calls.add(
                        new Turn.Request(
                                String.valueOf(block.get("id")),
                                String.valueOf(block.get("name")),
                                ModelApi.arguments(block.get("input"))));
            } else if (block.get("text") instanceof String part) {
                text.append(part);
            }
        }
        return new Turn.Said(
                content,
                text.toString(),
                calls,
                ModelApi.usage(reply, "input_tokens", "output_tokens"));
    }
}
