package dev.mxcp.quality.evals;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One turn of a conversation with a model, whatever API it speaks.
sealed interface Turn {
    /// The user speaks.
    record Question(String text) implements Turn {}

    /// The model speaks.
    ///
    /// @param raw the message as it came, to be sent back as it is
    /// @param text what it says, possibly nothing
    /// @param calls what it asks for by the means of the API
    record Said(@Nullable Object raw, String text, List<Request> calls, Usage usage)
            implements Turn {
        public Said {
            calls = List.copyOf(calls);
        }
    }

    /// What the calls gave.
    record Results(List<Result> results) implements Turn {
        public Results {
            results = List.copyOf(results);
        }
    }

    /// A call that the model asks for.
    ///
    /// @param id of the API; null for a call that stood in the text
    /// @param arguments null when they are no JSON object
    record Request(
            @Nullable String id, String tool, @Nullable Map<String, @Nullable Object> arguments) {}

    /// The outcome of one call.
    record Result(Request request, String text, boolean failed) {}
}
