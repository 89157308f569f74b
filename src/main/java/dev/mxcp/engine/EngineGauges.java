package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.engine.python.Workers;
import dev.mxcp.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What telemetry can ask an engine at any time: how much of its sessions and workers is in use
/// (T5). Ends before they do.
record EngineGauges(List<Telemetry.Registration> registrations) implements AutoCloseable {

    static EngineGauges of(Telemetry telemetry, DuckDb duckdb, @Nullable PythonSide python) {
        var registrations = new ArrayList<Telemetry.Registration>();
        registrations.add(telemetry.gauge("mxcp.duckdb.sessions", duckdb::sessions));
        registrations.add(telemetry.gauge("mxcp.duckdb.sessions_waiting", duckdb::sessionsWaiting));
        if (python != null) {
            registrations.add(
                    telemetry.gauge("mxcp.python.workers", () -> ask(python, Workers::alive)));
            registrations.add(
                    telemetry.gauge("mxcp.python.calls", () -> ask(python, Workers::calls)));
        }
        return new EngineGauges(List.copyOf(registrations));
    }

    private static int ask(PythonSide python, ToIntFunction<Workers> question) {
        Workers workers = python.workers();
        return workers == null ? 0 : question.applyAsInt(workers);
    }

    @Override
    public void close() {
        registrations.forEach(Telemetry.Registration::close);
    }
}
