package dev.mxcp.engine.python;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which worker runs the code of which call, hook or import, while it does: SQL functions of its
/// statements run in the same one (R9.5.2). Thread-safe.
final class CallHomes {
    private final Map<String, Home> homes = new ConcurrentHashMap<>();

    /// @param uses how much of the call runs there
    private record Home(Worker worker, int uses) {}

    void enter(String call, Worker worker) {
        homes.merge(
                call,
                new Home(worker, 1),
                (old, made) -> old.worker() == worker ? new Home(worker, old.uses() + 1) : made);
    }

    void leave(String call, Worker worker) {
        homes.computeIfPresent(
                call,
                (_, home) -> {
                    if (home.worker() != worker) {
                        return home;
                    }
                    return home.uses() == 1 ? null : new Home(worker, home.uses() - 1);
                });
    }

    @Nullable Worker of(String call) {
        Home home = homes.get(call);
        return home == null ? null : home.worker();
    }
}
