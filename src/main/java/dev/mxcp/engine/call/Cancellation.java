package dev.mxcp.engine.call;

import dev.mxcp.problem.MxcpException.CallCancelled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends one call from outside: by its caller, its deadline or the end of the server. Thread-safe;
/// owned by the call. What works for the call registers how to stop it; the first reason wins.
public final class Cancellation {
    private final List<Runnable> actions = new ArrayList<>();
    private @Nullable String reason;

    /// Stops what is registered. Actions must be short and must not throw.
    ///
    /// @param why the text the call fails with
    public void cancel(String why) {
        List<Runnable> toRun;
        synchronized (actions) {
            if (reason != null) {
                return;
            }
            reason = why;
            toRun = List.copyOf(actions);
            actions.clear();
        }
        toRun.forEach(Runnable::run);
    }

    /// The reason, or null while the call may go on.
    public @Nullable String reason() {
        synchronized (actions) {
            return reason;
        }
    }

    /// Fails if the call was cancelled.
    ///
    /// @throws CallCancelled with the reason
    public void check() {
        String why = reason();
        if (why != null) {
            throw new CallCancelled(why);
        }
    }

    /// Runs the action at cancellation, at once if that was before.
    public Registration onCancel(Runnable action) {
        boolean late;
        synchronized (actions) {
            late = reason != null;
            if (!late) {
                actions.add(action);
            }
        }
        if (late) {
            action.run();
        }
        return () -> {
            synchronized (actions) {
                actions.remove(action);
            }
        };
    }

    /// Takes a registration back; afterwards the action will not be started.
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
