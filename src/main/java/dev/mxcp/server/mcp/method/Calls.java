package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.project.Endpoint;
import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.server.lifecycle.Gate;
import dev.mxcp.server.mcp.session.Changes;
import dev.mxcp.server.mcp.session.OpenRequest;
import org.slf4j.MDC;

/// Runs what may take time: cancellable, through the gate, with a way back to the client. Knows
/// what is served now. Thread-safe.
public final class Calls {
    private final Gate gate;
    private final Rounds rounds;
    private final Changes changes;
    private volatile Surface surface;

    /// @param rounds of calls that ask their client
    /// @param changes learns of resources that calls change
    public Calls(Gate gate, Rounds rounds, Changes changes) {
        this.gate = gate;
        this.rounds = rounds;
        this.changes = changes;
        this.surface = new Surface(gate.current());
    }

    /// The endpoints that are served now, without waiting.
    Surface surface() {
        return surfaceOf(gate.current());
    }

    /// Runs one call from begin to end on this thread, and names it in the log until its answer is
    /// written.
    ///
    /// @param listed what is called, as known before waiting for anything
    <T> T run(Exchange exchange, Endpoint listed, Work<T> work) {
        MDC.put("endpoint", listed.id());
        try (OpenRequest open = exchange.peer().session().begin(exchange.request().id())) {
            T result;
            try {
                result = inside(exchange, open, work);
            } catch (RuntimeException failure) {
                throw open.cancelledByClient() ? new Abandoned() : failure;
            }
            if (open.cancelledByClient()) {
                throw new Abandoned();
            }
            return result;
        }
    }

    private <T> T inside(Exchange exchange, OpenRequest open, Work<T> work) {
        Peer peer = exchange.peer();
        var asking = new Asking(exchange, rounds.of(exchange), open.cancellation());
        var messages = new RequestMessages(exchange, asking, changes);
        try (Gate.Pass pass = gate.enter(open.cancellation(), () -> beat(peer.sink(), open))) {
            var context =
                    new CallContext(
                            exchange.callId(),
                            peer.caller(),
                            peer.transport(),
                            peer.headers(),
                            open.cancellation(),
                            messages,
                            peer.session().name());
            return work.run(surfaceOf(pass.runner()), context);
        } finally {
            messages.end();
        }
    }

    private void beat(MessageSink sink, OpenRequest open) {
        sink.heartbeat();
        if (sink.lost()) {
            open.lost(System.nanoTime(), gate.current().limits().abandonedAfter());
        }
    }

    private Surface surfaceOf(EndpointRunner runner) {
        Surface known = surface;
        if (!known.runner().equals(runner)) {
            known = new Surface(runner);
            surface = known;
        }
        return known;
    }

    /// What a call does.
    @FunctionalInterface
    interface Work<T> {
        T run(Surface surface, CallContext context);
    }
}
