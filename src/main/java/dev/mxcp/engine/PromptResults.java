package dev.mxcp.engine;

import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the messages of a prompt of what its function returned: a text, a block, a message, or a
/// list of these.
final class PromptResults {
    private PromptResults() {}

    static List<RenderedMessage> of(@Nullable Object returned) {
        if (returned == null) {
            throw new EndpointFailed("The function of the prompt returned no messages", null);
        }
        return returned instanceof List<?> list
                ? list.stream().map(PromptResults::message).toList()
                : List.of(message(returned));
    }

    private static RenderedMessage message(@Nullable Object item) {
        if (!(item instanceof Map<?, ?> members)) {
            return new RenderedMessage(
                    item instanceof String text ? text : Json.text(item), "user", null);
        }
        if (!members.containsKey("content")) {
            return members.get("type") instanceof String
                    ? block("user", members)
                    : new RenderedMessage(Json.text(item), "user", null);
        }
        String role = members.get("role") instanceof String word ? word : "user";
        return switch (members.get("content")) {
            case Map<?, ?> content when content.get("type") instanceof String ->
                    block(role, content);
            case String text -> new RenderedMessage(text, role, null);
            case null, default ->
                    new RenderedMessage(Json.text(members.get("content")), role, null);
        };
    }

    @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
    private static RenderedMessage block(String role, Map<?, ?> block) {
        if ("text".equals(block.get("type")) && !block.containsKey("annotations")) {
            String text = String.valueOf(Objects.requireNonNullElse(block.get("text"), ""));
            return new RenderedMessage(text, role, null);
        }
        return new RenderedMessage(
                String.valueOf(block.get("type")),
                role,
                null,
                (Map<String, @Nullable Object>) block);
    }
}
