package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.InputRequired;
import dev.mxcp.engine.call.Question;
import dev.mxcp.server.mcp.era.StatelessEra;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.session.SealedStates;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rounds of a call that asks its client in the stateless era (M22.4-M22.7): each answer comes
/// with a new request, and all that was said before travels, sealed, with the client. So any
/// replica can go on. Thread-safe.
public final class Rounds {
    private static final Set<String> ASKING = Set.of("tools/call", "prompts/get", "resources/read");

    private final SealedStates states;

    public Rounds(SealedStates states) {
        this.states = states;
    }

    /// What earlier rounds of a call left.
    ///
    /// @param answers by the keys of the questions
    /// @param state what the code left for itself
    record Round(Map<String, @Nullable Object> answers, @Nullable Object state) {
        static final Round FIRST = new Round(Map.of(), null);
    }

    /// What a request brings from earlier rounds.
    ///
    /// @throws Refusal when it was not us who gave the client that state for this very request
    Round of(Exchange exchange) {
        Map<String, @Nullable Object> params = exchange.request().params();
        if (!exchange.era().stateless() || !ASKING.contains(exchange.request().method())) {
            return Round.FIRST;
        }
        var answers = new LinkedHashMap<String, @Nullable Object>();
        Object state = null;
        if (params.containsKey("requestState")) {
            Map<?, ?> kept = opened(params.get("requestState"), exchange);
            if (kept.get("answers") instanceof Map<?, ?> before) {
                before.forEach((key, answer) -> answers.put(String.valueOf(key), answer));
            }
            state = kept.get("state");
        }
        if (params.containsKey("inputResponses")) {
            answers.putAll(responses(params.get("inputResponses")));
        }
        return new Round(answers, state);
    }

    /// Writes the result that asks the client first.
    public void write(Exchange exchange, InputRequired asked, JsonBuffer out) {
        if (!(exchange.era() instanceof StatelessEra era)) {
            throw new IllegalStateException("sessions are asked by requests");
        }
        era.openResult(exchange.request().id(), out);
        out.raw("{\"inputRequests\":{");
        String separator = "";
        for (Map.Entry<String, Question> question : asked.questions().entrySet()) {
            out.raw(separator).name(question.getKey());
            separator = ",";
            out.raw("{\"method\":").value(question.getValue().method());
            out.raw(",\"params\":").any(question.getValue().params()).raw('}');
        }
        out.raw("},\"requestState\":").value(sealed(exchange, asked)).raw('}');
        era.closeInputRequired(out);
    }

    private String sealed(Exchange exchange, InputRequired asked) {
        var kept = new LinkedHashMap<String, @Nullable Object>();
        kept.put("of", fingerprint(exchange));
        kept.put("answers", asked.answers());
        kept.put("state", asked.state());
        return states.seal(new JsonBuffer().any(kept).toByteArray());
    }

    private Map<?, ?> opened(@Nullable Object sealed, Exchange exchange) {
        if (!(sealed instanceof String text)) {
            throw Refusal.malformedParams("\"requestState\" has to be a string");
        }
        Object kept = states.open(text).map(Rounds::parsed).orElse(null);
        if (kept instanceof Map<?, ?> members
                && Objects.equals(members.get("of"), fingerprint(exchange))) {
            return members;
        }
        throw Refusal.invalidParams(
                "Invalid requestState: it was changed, is too old or belongs to another request;"
                        + " begin again without it");
    }

    @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
    private static Map<String, @Nullable Object> responses(@Nullable Object given) {
        if (!(given instanceof Map<?, ?> responses)) {
            throw Refusal.malformedParams("\"inputResponses\" has to be an object");
        }
        responses.forEach((key, response) -> {
            if (!(response instanceof Map)) {
                throw Refusal.malformedParams(
                        "\"inputResponses\": \"" + key + "\" has to be an object");
            }
        });
        return (Map<String, @Nullable Object>) responses;
    }

    private static @Nullable Object parsed(byte[] json) {
        try {
            return Json.parse(json);
        } catch (Json.Malformed foreign) {
            return null;
        }
    }

    /// Whose request it is and for what: a state is good for nothing else.
    private static String fingerprint(Exchange exchange) {
        Caller caller = exchange.peer().caller();
        Map<String, @Nullable Object> params = exchange.request().params();
        var all = new TreeMap<String, @Nullable Object>();
        all.put("provider", caller.provider());
        all.put("user", caller.userId());
        all.put("method", exchange.request().method());
        all.put("name", params.get("name"));
        all.put("uri", params.get("uri"));
        all.put("arguments", sorted(params.get("arguments")));
        byte[] text = Json.text(all).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /// Clients may write members in another order when they ask again.
    private static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, @Nullable Object>();
                map.forEach((key, member) -> sorted.put(String.valueOf(key), sorted(member)));
                yield sorted;
            }
            case List<?> list -> list.stream().<@Nullable Object>map(Rounds::sorted).toList();
            case null, default -> value;
        };
    }
}
