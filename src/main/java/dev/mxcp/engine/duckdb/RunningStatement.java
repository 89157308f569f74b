package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What a connection runs at the moment, for the functions that it calls. Thread-safe.
final class RunningStatement {
    private final CallContext call;
    private final boolean mayCall;
    private final Map<Object, Object> kept = new ConcurrentHashMap<>();
    private volatile boolean planning;
    private volatile boolean calledInPlanning;

    /// @param mayCall false while a text is only looked at: that runs no user code (R5.4.5)
    RunningStatement(CallContext call, boolean mayCall) {
        this.call = call;
        this.mayCall = mayCall;
    }

    CallContext call() {
        return call;
    }

    Map<Object, Object> kept() {
        return kept;
    }

    /// The next statement of the text begins.
    void next() {
        kept.clear();
    }

    /// Whether functions may be called now.
    boolean mayCall() {
        calledInPlanning |= planning;
        return mayCall;
    }

    void planning(boolean now) {
        planning = now;
    }

    /// Whether a function was called, or would have been, to make the plan: the plan then holds
    /// what that call gave (`LIMIT f(1)`).
    boolean calledInPlanning() {
        return calledInPlanning;
    }
}
