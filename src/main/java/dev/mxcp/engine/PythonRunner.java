package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Content;
import dev.mxcp.engine.call.Result;
import dev.mxcp.engine.python.PythonResult;
import dev.mxcp.engine.python.PythonTarget;
import dev.mxcp.engine.python.Workers;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.project.Presentation.Delivery;
import dev.mxcp.types.Output;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Runs a Python function in a worker and gives its result the declared shape (R2.5, R2.6).
/// Immutable, for any number of threads.
final class PythonRunner {
    private static final String CONTENT = "mxcp.content";

    private final PythonTarget target;
    private final @Nullable Output output;
    private final Delivery delivery;
    private final @Nullable Media media;

    /// @param delivery how much of a list is sent
    /// @param media what bytes are; null where they are not sent as such
    PythonRunner(
            PythonTarget target,
            @Nullable TypeDef returns,
            Delivery delivery,
            @Nullable Media media) {
        this.target = target;
        this.output = returns == null ? null : Output.of(returns);
        this.delivery = delivery;
        this.media = media;
    }

    /// Runs the function.
    ///
    /// @param from where a list begins that is sent
    /// @param check whether to hold the result against the declaration; its shape is made in any
    ///   case (O1)
    Result run(
            Workers workers,
            SequencedMap<String, @Nullable Object> arguments,
            Cursor from,
            CallContext call,
            boolean check) {
        PythonResult returned = workers.call(call, target, arguments);
        return switch (returned.typeName()) {
            case CONTENT -> content(returned.json(), check);
            case "bytes" -> bytes(returned.json(), check);
            default -> {
                boolean cut =
                        returned.typeName().equals("list") && !delivery.equals(Delivery.WHOLE);
                yield cut
                        ? part(returned.json(), from, check)
                        : value(returned.json(), returned.typeName(), check);
            }
        };
    }

    private Result part(JsonBuffer json, Cursor from, boolean check) {
        Object list = Json.parse(json.array(), 0, json.size());
        if (output != null && check) {
            output.check(list);
        }
        return ListParts.of(list, delivery, from, part -> plain(part, check));
    }

    /// Runs the function and gives what it returned, as plain values or blocks.
    @Nullable Object raw(
            Workers workers, SequencedMap<String, @Nullable Object> arguments, CallContext call) {
        PythonResult returned = workers.call(call, target, arguments);
        Object value = Json.parse(returned.json().array(), 0, returned.json().size());
        return returned.typeName().equals(CONTENT) && value instanceof Map<?, ?> said
                ? said.get("blocks")
                : value;
    }

    private Result plain(@Nullable Object value, boolean check) {
        JsonBuffer json = new JsonBuffer().any(value);
        return output == null || !check ? Result.of(json) : Results.of(output, value);
    }

    private Result value(JsonBuffer json, String typeName, boolean check) {
        if (output == null) {
            return Result.of(json);
        }
        boolean isList = typeName.equals("list");
        if (isList && output.wantsSingle()) {
            Object value = output.shape(Json.parse(json.array(), 0, json.size()), true);
            if (!check) {
                return Result.of(new JsonBuffer().any(value));
            }
            output.check(value);
            return Results.of(output, value);
        }
        if (!check || output.checkJson(json.array(), 0, json.size(), typeName)) {
            return Result.of(json);
        }
        return Results.normalised(output, json);
    }

    /// Blocks, and what is sent beside them: held against the declaration unless the call failed.
    private Result content(JsonBuffer json, boolean check) {
        Object parsed = Json.parse(json.array(), 0, json.size());
        if (!(parsed instanceof Map<?, ?> said) || !(said.get("blocks") instanceof List<?> list)) {
            throw new EndpointFailed("The function returned blocks that are none", null);
        }
        boolean isError = Boolean.TRUE.equals(said.get("isError"));
        var content = new Content(blocks(list), isError);
        if (!said.containsKey("structured")) {
            if (output != null && check && !isError) {
                throw new EndpointFailed(
                        "The endpoint declares what it returns, but the function returned only"
                                + " blocks; return ToolResult(blocks, structured=...)",
                        null);
            }
            return Result.of(content);
        }
        Object structured = said.get("structured");
        if (output != null && check && !isError) {
            output.check(structured);
            return Results.of(output, structured).with(content);
        }
        return Result.of(new JsonBuffer().any(structured)).with(content);
    }

    /// Bytes are a block where the endpoint says what they are, else text.
    private Result bytes(JsonBuffer json, boolean check) {
        String base64 = String.valueOf(Json.parse(json.array(), 0, json.size()));
        if (media != null) {
            return Result.of(new Content(List.of(media.block(base64)), false));
        }
        byte[] bytes = Base64.getDecoder().decode(base64);
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException noText) {
            text = base64;
        }
        return value(new JsonBuffer().value(text), "bytes", check);
    }

    @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
    private static List<Map<String, @Nullable Object>> blocks(List<?> list) {
        var blocks = new ArrayList<Map<String, @Nullable Object>>();
        for (Object block : list) {
            if (block instanceof Map<?, ?> members) {
                blocks.add((Map<String, @Nullable Object>) members);
            }
        }
        return blocks;
    }
}
