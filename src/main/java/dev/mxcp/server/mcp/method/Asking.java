package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientLacks;
import dev.mxcp.engine.call.InputRequired;
import dev.mxcp.engine.call.Question;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.server.mcp.message.Response;
import dev.mxcp.server.mcp.session.OpenQuestions;
import dev.mxcp.types.json.JsonBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks the client of one running call (M22): in a session by requests whose answers it waits for,
/// in the stateless era by giving the call up until the client comes back with the answers.
/// Thread-safe.
final class Asking {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Exchange exchange;
    private final Rounds.Round round;
    private final Cancellation cancellation;

    Asking(Exchange exchange, Rounds.Round round, Cancellation cancellation) {
        this.exchange = exchange;
        this.round = round;
        this.cancellation = cancellation;
    }

    @Nullable Object state() {
        return round.state();
    }

    Map<String, @Nullable Object> ask(
            SequencedMap<String, Question> questions, @Nullable Object state) {
        for (Question question : questions.values()) {
            if (!canBeAsked(question)) {
                throw new ClientLacks(question.capability());
            }
        }
        return exchange.era().stateless() ? inRounds(questions, state) : inSession(questions);
    }

    private boolean canBeAsked(Question question) {
        Peer peer = exchange.peer();
        boolean way = peer.era().stateless() || (peer.keepsState() && peer.sink().asks());
        return way
                && peer.era().mayAsk(question)
                && exchange.capabilities().has(question.capability());
    }

    private Map<String, @Nullable Object> inRounds(
            SequencedMap<String, Question> questions, @Nullable Object state) {
        var open = new LinkedHashMap<String, Question>();
        var answers = new LinkedHashMap<String, @Nullable Object>();
        questions.forEach((key, question) -> {
            Object answer = round.answers().get(key);
            if (answer == null) {
                open.put(key, question);
            } else {
                String problem = Answers.problem(question, answer);
                if (problem != null) {
                    throw Refusal.invalidParams("Invalid answer to \"" + key + "\": " + problem);
                }
                answers.put(key, answer);
            }
        });
        if (!open.isEmpty()) {
            throw new InputRequired(open, round.answers(), state);
        }
        return answers;
    }

    private Map<String, @Nullable Object> inSession(SequencedMap<String, Question> questions) {
        OpenQuestions all = exchange.peer().session().questions();
        var open = new LinkedHashMap<String, OpenQuestions.Open>();
        try {
            questions.forEach((key, question) -> {
                OpenQuestions.Open sent = all.open();
                open.put(key, sent);
                exchange.peer().sink().send(request(sent.id(), question));
            });
            var answers = new LinkedHashMap<String, @Nullable Object>();
            questions.forEach((key, question) -> answers.put(key, answer(question, open.get(key))));
            return answers;
        } finally {
            open.values().forEach(OpenQuestions.Open::close);
        }
    }

    private @Nullable Object answer(Question question, OpenQuestions.@Nullable Open sent) {
        if (sent == null) {
            throw new IllegalStateException("a question was not sent");
        }
        Response response = await(question, sent);
        if (response.result() == null) {
            throw new EndpointFailed("The client refused to answer: " + response.error(), null);
        }
        String problem = Answers.problem(question, response.result());
        if (problem != null) {
            throw new EndpointFailed("The client's answer is of no use: " + problem, null);
        }
        return response.result();
    }

    private Response await(Question question, OpenQuestions.Open sent) {
        try (var _ = cancellation.onCancel(() -> sent.answer().cancel(false))) {
            return sent.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException given) {
            takeBack(sent.id());
            cancellation.check();
            throw new CallCancelled("cancelled");
        } catch (TimeoutException late) {
            takeBack(sent.id());
            throw new EndpointFailed(
                    "The client did not answer %s within %d minutes"
                            .formatted(question.method(), PATIENCE.toMinutes()),
                    null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallCancelled("interrupted");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("an answer does not fail", impossible);
        }
    }

    /// M20.6.
    private void takeBack(RequestId id) {
        var message =
                new JsonBuffer(128)
                        .raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",")
                        .raw("\"params\":{\"requestId\":");
        id.writeTo(message);
        exchange.peer().sink().send(message.raw("}}"));
    }

    private static JsonBuffer request(RequestId id, Question question) {
        var params = new LinkedHashMap<>(question.params());
        if ("url".equals(params.get("mode"))) {
            params.putIfAbsent("elicitationId", UUID.randomUUID().toString()); // M22.9
        }
        var message = new JsonBuffer(512).raw("{\"jsonrpc\":\"2.0\",\"id\":");
        id.writeTo(message);
        message.raw(",\"method\":").value(question.method());
        return message.raw(",\"params\":").any(params).raw('}');
    }
}
