package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Result;
import dev.mxcp.engine.python.PythonResult;
import dev.mxcp.engine.python.PythonTarget;
import dev.mxcp.engine.python.Workers;
import dev.mxcp.types.Output;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Runs a Python function in a worker and gives its result the declared shape (R2.5, R2.6).
/// Immutable, for any number of threads.
final class PythonRunner {
    private final PythonTarget target;
    private final @Nullable Output output;

    PythonRunner(PythonTarget target, @Nullable TypeDef returns) {
        this.target = target;
        this.output = returns == null ? null : Output.of(returns);
    }

    /// Runs the function.
    ///
    /// @param check whether to hold the result against the declaration; its shape is made in any
    ///   case (O1)
    Result run(
            Workers workers,
            SequencedMap<String, @Nullable Object> arguments,
            CallContext call,
            boolean check) {
        PythonResult returned = workers.call(call, target, arguments);
        JsonBuffer json = returned.json();
        if (output == null) {
            return Result.of(json);
        }
        boolean isList = returned.typeName().equals("list");
        if (isList && output.wantsSingle()) {
            Object value = output.shape(Json.parse(json.array(), 0, json.size()), true);
            if (!check) {
                return Result.of(new JsonBuffer().any(value));
            }
            output.check(value);
            return Results.of(output, value);
        }
        if (!check || output.checkJson(json.array(), 0, json.size(), returned.typeName())) {
            return Result.of(json);
        }
        return Results.normalised(output, json);
    }
}
