package dev.mxcp.engine.python;

import dev.mxcp.problem.MxcpException.EndpointFailed;
import java.util.List;

/// Looks at a project's Python without serving: a worker that makes the plugins, so that SQL knows
/// their functions, and imports files to look at them, but runs no hooks and no functions. Owns the
/// process.
public final class Inspection implements AutoCloseable {
    private final Workshop shop;
    private final Worker worker;

    private Inspection(Workshop shop, Worker worker) {
        this.shop = shop;
        this.worker = worker;
    }

    /// Starts the worker.
    ///
    /// @throws dev.mxcp.problem.MxcpException.InvalidProject when there is no usable interpreter,
    ///   or a plugin fails
    public static Inspection start(Workers.Config config, DatabaseRequests database, LogSink sink) {
        Workshop shop = Workers.workshop(config, database, sink, (_, _, _, _) -> refuse());
        boolean up = false;
        try {
            var inspection =
                    new Inspection(shop, new WorkerStart(shop).run(StartMessage.Kind.INSPECTING));
            up = true;
            return inspection;
        } finally {
            if (!up) {
                Workers.release(shop);
            }
        }
    }

    private static void refuse() {
        throw new EndpointFailed("SQL functions of plugins do not run in an inspection", null);
    }

    /// What is wrong with functions, found without calling them.
    public List<FunctionProblem> problems(List<InspectedFunction> functions) {
        return Workers.problems(worker, functions, shop.config());
    }

    @Override
    public void close() {
        try {
            worker.stop(shop.config().stopGrace());
        } finally {
            Workers.release(shop);
        }
    }
}
