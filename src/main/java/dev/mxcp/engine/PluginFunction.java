package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.FunctionBatch;
import dev.mxcp.engine.duckdb.FunctionBody;
import dev.mxcp.engine.duckdb.Vector;
import dev.mxcp.engine.duckdb.VectorWriter;
import dev.mxcp.engine.python.FunctionArguments;
import dev.mxcp.engine.python.FunctionCaller;
import dev.mxcp.engine.python.FunctionColumns;
import dev.mxcp.engine.python.FunctionResults;
import dev.mxcp.engine.python.PythonFunction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A method of a plugin as a SQL function: its rows go to a worker, batch by batch. For constant
/// arguments it is called once a statement (R5.4.5). Thread-safe.
record PluginFunction(PythonFunction function, FunctionCaller caller) implements FunctionBody {
    /// Of how many constants a statement keeps the results.
    private static final int MOST_KEPT = 1000;

    @Override
    public void call(FunctionBatch batch, VectorWriter result) {
        Object key = batch.rows() == 1 ? key(batch) : null;
        byte[] known = key == null ? null : (byte[]) batch.kept().get(key);
        if (known != null) {
            PluginResults.read(FunctionResults.of(known), result, 1);
        } else {
            var columns = new Columns(batch, result, batch.constant() ? key : null);
            caller.call(batch.call(), function, batch.rows(), columns);
        }
    }

    /// What tells one call from others in the same statement.
    private Object key(FunctionBatch batch) {
        var key = new ArrayList<@Nullable Object>();
        key.add(function);
        for (int index = 0; index < function.parameters().size(); index++) {
            Object value = batch.argument(index).valueAt(0);
            key.add(value instanceof byte[] blob ? ByteBuffer.wrap(blob) : value);
        }
        return key;
    }

    /// Arguments and results of one batch.
    private record Columns(FunctionBatch batch, VectorWriter result, @Nullable Object key)
            implements FunctionColumns {

        @Override
        public void write(FunctionArguments out) {
            int count = batch.arguments();
            for (int index = 0; index < count; index++) {
                Vector vector = batch.argument(index);
                out.column();
                PluginArguments.write(vector, batch.rows(), out);
            }
        }

        @Override
        public void read(FunctionResults in) {
            Map<Object, Object> kept = batch.kept();
            if (key != null && kept.size() < MOST_KEPT) {
                kept.putIfAbsent(key, in.only());
            }
            PluginResults.read(in, result, batch.rows());
        }
    }
}
