package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.problem.Problem;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The CPython workers of one project. Thread-safe; calls run on the caller's thread, best a
/// virtual one. Owns the processes, and replaces those that end; the server never ends with them.
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration START_PATIENCE = Duration.ofMinutes(1);
    private static final Duration INSPECTION_PATIENCE = Duration.ofMinutes(2);
    private static final long SPARE_FRAME_BYTES = 1 << 20;
    private static final long LEAST_FRAME_BYTES = 256L << 20;

    private final Workshop shop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<WorkerSlot> slots = new ArrayList<>();
    private volatile boolean closed;

    /// What workers need to know. Paths are absolute.
    ///
    /// @param shippedPackage the folder that holds `mxcp/`
    /// @param plugins in the order of the site file
    /// @param endpointFilesOutsidePython files of endpoints that are not below `pythonDir`
    /// @param siteConfig as user code sees it; likewise `userConfig`
    /// @param secrets of the active profile
    /// @param workers how many processes, at least 1
    /// @param exactDecimals whether `db.execute` gives `Decimal` instead of `float`
    /// @param logLevel from which level on Python's log records are wanted
    /// @param maxResultBytes of one call, as JSON
    /// @param stopGrace how long shutdown hooks may take
    public record Config(
            Interpreter interpreter,
            Path shippedPackage,
            Path projectRoot,
            Path pythonDir,
            Path pluginsDir,
            List<PluginInstance> plugins,
            List<Path> endpointFilesOutsidePython,
            Map<String, @Nullable Object> siteConfig,
            Map<String, @Nullable Object> userConfig,
            List<Secret> secrets,
            int workers,
            boolean exactDecimals,
            String logLevel,
            long maxResultBytes,
            Duration stopGrace) {
        public Config {
            plugins = List.copyOf(plugins);
            endpointFilesOutsidePython = List.copyOf(endpointFilesOutsidePython);
            secrets = List.copyOf(secrets);
        }

        @Override
        public String toString() {
            return "Config[projectRoot=" + projectRoot + ", ***]";
        }
    }

    private Workers(Config config, DatabaseRequests database, LogSink sink) {
        this.shop = workshop(config, database, sink, this::callFunction);
    }

    /// Starts all workers, one after another: plugins, imports, init hooks. Files that cannot be
    /// imported are only logged (R1.4.3).
    ///
    /// @throws InvalidProject when there is no usable interpreter, or a plugin or init hook fails
    public static Workers start(Config config, DatabaseRequests database, LogSink sink) {
        return start(config, database, sink, false);
    }

    /// Starts all workers as far as that disturbs nobody: they import everything. They take calls
    /// after [#beginGeneration].
    ///
    /// @throws InvalidProject when there is no usable interpreter, or a plugin cannot be imported
    public static Workers startWarm(Config config, DatabaseRequests database, LogSink sink) {
        return start(config, database, sink, true);
    }

    private static Workers start(
            Config config, DatabaseRequests database, LogSink sink, boolean warm) {
        var workers = new Workers(config, database, sink);
        try {
            for (int i = 0; i < Math.max(1, config.workers()); i++) {
                var slot = new WorkerSlot(workers.shop, workers::wake);
                workers.slots.add(slot);
                slot.start(warm);
            }
            return workers;
        } catch (RuntimeException | Error failure) {
            try (workers) { // what was started ends with its shutdown hooks
                throw failure;
            }
        }
    }

    /// Looks at functions without serving, see [Inspection].
    ///
    /// @throws InvalidProject when there is no usable interpreter, or a plugin fails
    public static List<FunctionProblem> inspect(
            Config config,
            List<InspectedFunction> functions,
            DatabaseRequests database,
            LogSink sink) {
        try (var inspection = Inspection.start(config, database, sink)) {
            return inspection.problems(functions);
        }
    }

    static Workshop workshop(
            Config config, DatabaseRequests database, LogSink sink, FunctionCaller functions) {
        return new Workshop(
                config,
                database,
                Listener.open(frameBytes(config)),
                new Launcher(),
                new OutputQueue(sink),
                new CallHomes(),
                functions);
    }

    /// The largest message of a worker.
    static long frameBytes(Config config) {
        long frame = Math.max(config.maxResultBytes(), LEAST_FRAME_BYTES) + SPARE_FRAME_BYTES;
        return Math.min(frame, Integer.MAX_VALUE - 64);
    }

    static void release(Workshop shop) {
        shop.listener().close();
        shop.launcher().close();
        shop.output().close();
    }

    /// Runs a function and waits for its result. Cancelling the call frees the caller at once.
    ///
    /// @param arguments plain values, passed by keyword
    /// @throws dev.mxcp.problem.MxcpException.EndpointFailed when the function raises (the cause is
    ///   a [PythonError], its traceback is in the log) or the worker ends under it
    /// @throws CallCancelled when the call is cancelled
    /// @throws Unavailable when no worker can take it
    public PythonResult call(
            CallContext context,
            PythonTarget target,
            SequencedMap<String, @Nullable Object> arguments) {
        while (true) {
            context.cancellation().check();
            Worker worker = leastBusy();
            if (worker == null) {
                worker = await(context);
            }
            try {
                return worker.call(context, target, arguments);
            } catch (WorkerGone _) {
                // it never got the call; the next one will
            }
        }
    }

    /// Runs a SQL function in the worker that the call belongs to; a call that has none gets the
    /// same one every time (R9.5.2).
    private void callFunction(
            CallContext call, PythonFunction function, int rows, FunctionColumns columns) {
        Worker home = shop.homes().of(call.id());
        while (true) {
            call.cancellation().check();
            Worker worker = home == null ? forFunctions(call) : home;
            try {
                worker.call(call, function, rows, columns);
                return;
            } catch (WorkerGone _) {
                if (home != null) {
                    throw new EndpointFailed(home.lossOfCall(), null);
                }
            }
        }
    }

    private Worker forFunctions(CallContext call) {
        int place = Math.floorMod(call.id().hashCode(), slots.size());
        Worker worker = slots.get(place).current();
        if (worker == null) {
            worker = leastBusy();
        }
        return worker == null ? await(call) : worker;
    }

    /// Looks at functions in a running worker, which imports their files if it has not yet.
    public List<FunctionProblem> inspect(List<InspectedFunction> functions) {
        Worker worker = leastBusy();
        if (worker == null) {
            throw unavailable(firstStartError());
        }
        return problems(worker, functions, shop.config());
    }

    // ---- reloads; calls must have ended before

    /// Who is asked when user code calls `reload_duckdb`; nobody at first.
    public void onReload(ReloadRequests asked) {
        shop.reloads(asked);
    }

    /// Whether functions of user code wait here for reloads that were asked for.
    public boolean owesPayloads() {
        return slots.stream()
                .map(WorkerSlot::current)
                .anyMatch(worker -> worker != null && worker.generations().owesPayloads());
    }

    /// Files that the running workers could not import.
    public Set<String> failedFiles() {
        var files = new TreeSet<String>();
        for (WorkerSlot slot : slots) {
            Worker worker = slot.current();
            if (worker != null) {
                files.addAll(worker.generations().failedFiles());
            }
        }
        return files;
    }

    /// How many workers can take calls now.
    public int alive() {
        return (int) slots.stream().filter(slot -> slot.current() != null).count();
    }

    /// How many calls run in them now.
    public int calls() {
        return slots.stream()
                .mapToInt(slot -> {
                    Worker worker = slot.current();
                    return worker == null ? 0 : worker.running();
                })
                .sum();
    }

    /// Runs the shutdown hooks, worker after worker. The processes stay and keep their modules, but
    /// take no calls, and those that end are not replaced, until [#beginGeneration].
    public void endGeneration() {
        slots.forEach(slot -> slot.pause(shop.config().stopGrace()));
    }

    /// Takes the database away from code that goes on beside calls: stored connections fail from
    /// now on, running statements end.
    public void cutOff() {
        for (WorkerSlot slot : slots) {
            Worker worker = slot.current();
            if (worker != null) {
                worker.cutOff();
            }
        }
    }

    /// Hands out the new configuration and runs the init hooks, worker after worker. When that
    /// fails, everything is as it was after [#endGeneration].
    ///
    /// @param strict false to go on without plugins and hooks that fail
    /// @throws InvalidProject when a plugin or init hook fails, or a worker ended
    public void beginGeneration(Config config, boolean strict) {
        shop.config(config);
        var begun = new ArrayList<Worker>();
        try {
            for (WorkerSlot slot : slots) {
                Worker worker = slot.current();
                if (worker != null) {
                    worker.generations().begin(config, strict);
                    begun.add(worker);
                }
            }
        } catch (MxcpException failure) {
            if (strict) {
                begun.forEach(worker -> worker.generations().end(config.stopGrace()));
                throw failure;
            }
            LOG.error("a Python worker did not come back from a reload", failure);
        }
        slots.forEach(WorkerSlot::resume);
        awaitAll();
    }

    /// Waits for workers that ended within the reload and are started anew.
    private void awaitAll() {
        long left = START_PATIENCE.toNanos();
        lock.lock();
        try {
            while (left > 0 && slots.stream().anyMatch(WorkerSlot::undecided)) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    static List<FunctionProblem> problems(
            Worker worker, List<InspectedFunction> functions, Config config) {
        var problems = new ArrayList<FunctionProblem>();
        for (Worker.InspectionFinding found : worker.inspect(functions, INSPECTION_PATIENCE)) {
            Path file = Path.of(found.file());
            Path root = config.projectRoot();
            String shown = file.startsWith(root) ? root.relativize(file) + "" : found.file();
            var place = new SourcePlace(shown, found.line(), 0);
            problems.add(
                    new FunctionProblem(
                            functions.get(found.function()),
                            new Problem(found.what(), place, null, null)));
        }
        return problems;
    }

    private @Nullable Worker leastBusy() {
        if (slots.size() == 1) {
            return slots.getFirst().current();
        }
        Worker best = null;
        int fewest = Integer.MAX_VALUE;
        for (WorkerSlot slot : slots) {
            Worker worker = slot.current();
            int running = worker == null ? Integer.MAX_VALUE : worker.running();
            if (running < fewest) {
                best = worker;
                fewest = running;
            }
        }
        return best;
    }

    /// Waits for a worker that is being started.
    private Worker await(CallContext context) {
        long left = START_PATIENCE.toNanos();
        try (var _ = context.cancellation().onCancel(this::wake)) {
            lock.lock();
            try {
                while (true) {
                    context.cancellation().check();
                    Worker worker = leastBusy();
                    if (worker != null) {
                        return worker;
                    }
                    String error = firstStartError();
                    if (closed || error != null || left <= 0) {
                        throw unavailable(error);
                    }
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new CallCancelled("interrupted");
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable String firstStartError() {
        for (WorkerSlot slot : slots) {
            String error = slot.startError();
            if (error != null) {
                return error;
            }
        }
        return null;
    }

    private Unavailable unavailable(@Nullable String startError) {
        if (startError != null) {
            return new Unavailable("The Python worker cannot start: " + startError, null);
        }
        return new Unavailable(
                closed
                        ? "The server is stopping"
                        : "The Python worker is still starting; try again later",
                null);
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Why Python functions cannot be called at the moment, for health reports; null if they can.
    public @Nullable String outage() {
        return leastBusy() != null ? null : firstStartError();
    }

    /// Runs the shutdown hooks, worker after worker, and ends all processes; those that take longer
    /// than the grace are killed. Calls must have ended before.
    @Override
    public void close() {
        closed = true;
        slots.forEach(WorkerSlot::close);
        wake();
        release(shop);
    }
}
