package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Rows for which a function is called: the arguments of up to 2048 of them, column by column.
public final class FunctionBatch implements Vector.Owner {
    private final CallContext call;
    private final Map<Object, Object> kept;
    private final boolean constant;
    private List<Vector> arguments = List.of();
    private int rows;
    private boolean over;

    FunctionBatch(CallContext call, Map<Object, Object> kept, boolean constant) {
        this.call = call;
        this.kept = kept;
        this.constant = constant;
    }

    void fill(List<Vector> vectors, int count) {
        arguments = vectors;
        rows = count;
    }

    /// The call whose statement this is, on whichever thread it runs.
    public CallContext call() {
        return call;
    }

    /// Whether the arguments are the same for all rows: then there is one row here, whose result
    /// counts for all.
    public boolean constant() {
        return constant;
    }

    /// Anything to keep for as long as the statement runs; thread-safe.
    public Map<Object, Object> kept() {
        return kept;
    }

    public int rows() {
        return rows;
    }

    /// How many arguments there are.
    public int arguments() {
        return arguments.size();
    }

    /// The values of one argument.
    public Vector argument(int index) {
        return arguments.get(index);
    }

    @Override
    public void checkOpen() {
        if (over) {
            throw new IllegalStateException("the function has returned");
        }
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    void end() {
        over = true;
    }
}
