package dev.mxcp.engine;

import dev.mxcp.engine.call.Result;
import dev.mxcp.types.Output;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/// Makes results of checked values, with what structured content fills in (O6).
final class Results {
    private Results() {}

    /// The result of a value that was shaped and checked.
    static Result of(Output output, @Nullable Object value) {
        JsonBuffer json = new JsonBuffer().any(value);
        return of(output, value, json);
    }

    /// The result of a document that was checked, where a declared member may be absent.
    static Result normalised(Output output, JsonBuffer json) {
        return of(output, Json.parse(json.array(), 0, json.size()), json);
    }

    @SuppressWarnings(
            "ReferenceEquality") // normalising gives the same object back when nothing is absent
    private static Result of(Output output, @Nullable Object value, JsonBuffer json) {
        Object normal = output.normalised(value);
        JsonBuffer filled = normal == value ? null : new JsonBuffer(json.size() * 2).any(normal);
        return new Result(Result.Kind.of(json), json, filled);
    }
}
