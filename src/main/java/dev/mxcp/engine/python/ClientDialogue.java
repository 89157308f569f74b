package dev.mxcp.engine.python;

import dev.mxcp.engine.call.ClientLacks;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.engine.call.InputRequired;
import dev.mxcp.engine.call.Question;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Answers what the code of one call asks of its client, over the channel it uses. For the thread
/// that reads the channel.
final class ClientDialogue {
    private final FrameChannel channel;
    private final ClientMessages client;
    private @Nullable RuntimeException unanswered;

    /// @param client [ClientMessages#NONE] where there is none
    ClientDialogue(FrameChannel channel, ClientMessages client) {
        this.channel = channel;
        this.client = client;
    }

    /// Answers one question.
    ///
    /// @return false if it is none for the client
    boolean answer(int turn, MarshalReader in) throws IOException {
        switch (turn) {
            case Wire.Turn.ASK -> ask(questions(parsed(in.json())), parsed(in.json()));
            case Wire.Turn.CLIENT -> {
                var about = new JsonBuffer(256).raw('[').any(client.capabilities());
                answers(about.raw(',').any(client.state()).raw(']'));
            }
            case Wire.Turn.RESOURCE_UPDATED -> client.resourceUpdated(in.text());
            default -> {
                return false;
            }
        }
        return true;
    }

    /// What stands in the way of the call whatever its code made of it: the client has to answer
    /// first, or its answer is refused. Null if nothing does.
    @Nullable RuntimeException obstacle() {
        return unanswered instanceof ClientLacks ? null : unanswered;
    }

    /// What the call fails with if its code did not handle that the client lacks something.
    ///
    /// @param type class of the exception that the code let go
    @Nullable RuntimeException lacking(String type) {
        return type.equals("mxcp.client.ClientLacks") ? unanswered : null;
    }

    private void ask(SequencedMap<String, Question> questions, @Nullable Object state)
            throws IOException {
        try {
            answers(new JsonBuffer().any(client.ask(questions, state)));
        } catch (InputRequired first) {
            unanswered = first;
            channel.begin().tuple(1).integer(Wire.Answer.SUSPENDED);
            channel.send();
        } catch (ClientLacks lacking) {
            unanswered = lacking;
            refuse(Wire.Answer.LACKING, lacking.capability());
        } catch (EndpointFailed useless) {
            refuse(Wire.Answer.UNANSWERED, String.valueOf(useless.getMessage()));
        }
    }

    private void answers(JsonBuffer json) throws IOException {
        channel.begin().tuple(2).integer(Wire.Answer.ANSWERS).bytes(json.toByteArray());
        channel.send();
    }

    private void refuse(int code, String text) throws IOException {
        channel.begin().tuple(2).integer(code).text(text);
        channel.send();
    }

    @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
    private static SequencedMap<String, Question> questions(@Nullable Object plain) {
        var questions = new LinkedHashMap<String, Question>();
        if (plain instanceof Map<?, ?> asked) {
            asked.forEach((key, value) -> {
                if (value instanceof Map<?, ?> question
                        && question.get("method") instanceof String method
                        && question.get("params") instanceof Map<?, ?> params) {
                    questions.put(
                            String.valueOf(key),
                            new Question(method, (Map<String, @Nullable Object>) params));
                }
            });
        }
        if (questions.isEmpty()) {
            throw new MarshalReader.Garbled("no questions to the client");
        }
        return questions;
    }

    private static @Nullable Object parsed(JsonBuffer json) {
        try {
            return Json.parse(json.array(), 0, json.size());
        } catch (Json.Malformed garbled) {
            throw new MarshalReader.Garbled("a question to the client: " + garbled.getMessage());
        }
    }
}
