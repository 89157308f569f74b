package dev.mxcp.engine.call;

import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A call cannot go on before its client has answered, and the client answers with a new call
/// (M22.4): the work is given up and begins anew then. Nothing failed, so nothing is logged.
public final class InputRequired extends RuntimeException {
    private final transient SequencedMap<String, Question> questions;
    private final transient Map<String, @Nullable Object> answers;
    private final transient @Nullable Object state;

    /// @param questions what is still unanswered, by the keys that the answers will have
    /// @param answers what was answered before
    /// @param state what the code wants to find again, a plain value
    public InputRequired(
            SequencedMap<String, Question> questions,
            Map<String, @Nullable Object> answers,
            @Nullable Object state) {
        super("the client is asked first", null, false, false);
        this.questions = questions;
        this.answers = answers;
        this.state = state;
    }

    public SequencedMap<String, Question> questions() {
        return questions;
    }

    public Map<String, @Nullable Object> answers() {
        return answers;
    }

    public @Nullable Object state() {
        return state;
    }
}
