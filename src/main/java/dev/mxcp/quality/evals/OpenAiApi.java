package dev.mxcp.quality.evals;

import static dev.mxcp.quality.evals.ModelApi.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chat completions: `POST /chat/completions` with `tools`, `tool_calls` and the role `tool`.
final class OpenAiApi implements ModelApi {
    @Override
    public String path() {
        return "/chat/completions";
    }

    @Override
    public Map<String, String> headers(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    @Override
    public Map<String, @Nullable Object> body(
            ModelSettings model, List<Turn> turns, List<Function> functions) {
        var messages = new ArrayList<@Nullable Object>();
        messages.add(object("role", "system", "content", SYSTEM));
        turns.forEach(turn -> add(turn, messages));
        Map<String, @Nullable Object> body =
                object("model", model.wireName(), "max_tokens", MAX_TOKENS, "messages", messages);
        if (!functions.isEmpty()) {
            body.put(
                    "tools",
                    functions.stream()
                            .map(one ->
                                    object(
                                            "type",
                                            "function",
                                            "function",
                                            object(
                                                    "name", one.name(),
                                                    "description", one.description(),
                                                    "parameters", one.schema())))
                            .toList());
        }
        return body;
    }

    private static void add(Turn turn, List<@Nullable Object> messages) {
        switch (turn) {
            case Turn.Question(String text) ->
                    messages.add(object("role", "user", "content", text));
            case Turn.Said said -> messages.add(said.raw());
            case Turn.Results results -> {
                for (Turn.Result result : results.results()) {
                    if (result.request().id() != null) {
                        messages.add(
                                object(
                                        "role",
                                        "tool",
                                        "tool_call_id",
                                        result.request().id(),
                                        "content",
                                        (result.failed() ? "Error: " : "") + result.text()));
                    }
                }
                String text = ModelApi.asText(results);
                if (text != null) {
                    messages.add(object("role", "user", "content", text));
                }
            }
        }
    }

    @Override
    public Turn.Said said(Map<?, ?> reply) {
        List<Map<?, ?>> choices = ModelApi.maps(reply.get("choices"));
        if (choices.isEmpty()
                || !(choices.getFirst().get("message") instanceof Map<?, ?> message)) {
            throw new Unusable("the API's reply has no choices[0].message");
        }
        var calls = new ArrayList<Turn.Request>();
        for (Map<?, ?> call : ModelApi.maps(message.get("tool_calls"))) {
            if (call.get("function") instanceof Map<?, ?> function) {
                calls.add(
                        new Turn.Request(
                                String.valueOf(call.get("id")),
                                String.valueOf(function.get("name")),
                                ModelApi.arguments(function.get("arguments"))));
            }
        }
        String text = message.get("content") instanceof String content ? content : "";
        Map<String, @Nullable Object> raw = object("role", "assistant", "content", text);
        if (!calls.isEmpty()) {
            raw.put("tool_calls", message.get("tool_calls"));
        }
        return new Turn.Said(
                raw, text, calls, ModelApi.usage(reply, "prompt_tokens", "completion_tokens"));
    }
}
