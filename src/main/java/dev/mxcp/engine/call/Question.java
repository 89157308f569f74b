package dev.mxcp.engine.call;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that a call asks of its client (M22.1): a form or a page to fill in, a text from its
/// model, its folders. Immutable.
///
/// @param method the protocol's word: `elicitation/create`, `sampling/createMessage`, `roots/list`
/// @param params as the protocol has them, plain values
public record Question(String method, Map<String, @Nullable Object> params) {
    /// Asks the user.
    public static final String ELICIT = "elicitation/create";

    /// Asks the client's model.
    public static final String SAMPLE = "sampling/createMessage";

    /// Asks for the folders that the user works in.
    public static final String ROOTS = "roots/list";

    /// What the client must be able to do: a word, or two with a dot between (M22.2).
    public String capability() {
        return switch (method) {
            case ELICIT -> "url".equals(params.get("mode")) ? "elicitation.url" : "elicitation";
            case SAMPLE -> params.get("tools") == null ? "sampling" : "sampling.tools";
            default -> "roots";
        };
    }
}
