package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker process and the channels to it. Thread-safe. Ends when the process does, when its
/// control channel does, or when [#stop] says so; whoever started it may wait for that.
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration REPORT_PATIENCE = Duration.ofSeconds(1);
    private static final Duration OUTPUT_PATIENCE = Duration.ofMillis(500);

    private final Workshop shop;
    private final WorkerProcess process;
    private final ControlChannel control;
    private final ChannelPool<CallChannel> channels;
    private final ChannelPool<FunctionChannel> functions;
    private final Sessions sessions = new Sessions();
    private final Set<DatabaseDialogue> dialogues = ConcurrentHashMap.newKeySet();
    private final Set<FrameChannel> detached = ConcurrentHashMap.newKeySet();
    private final Map<Integer, CompletableFuture<List<InspectionFinding>>> inspections =
            new ConcurrentHashMap<>();
    private final AtomicInteger lastInspection = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final WorkerGenerations generations;
    private final CompletableFuture<Started> started = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private volatile String phase = "start";
    private volatile boolean stopping;
    private volatile boolean tookCallsAlong;

    /// What a worker said about its start.
    ///
    /// @param failure what went wrong, with the traceback; null if it may take calls
    record Started(int imported, List<String> failedFiles, @Nullable String failure) {}

    /// One problem as the worker tells it.
    record InspectionFinding(int function, String what, String file, int line) {}

    Worker(Workshop shop, WorkerProcess process, FrameChannel control) {
        this.shop = shop;
        this.process = process;
        this.control = new ControlChannel(control);
        this.generations = new WorkerGenerations(this, shop, this.control);
        this.channels =
                new ChannelPool<>(
                        ChannelPool.Limits.CALLS,
                        () ->
                                this.control.order(
                                        o -> o.tuple(2).integer(Wire.Order.OPEN).integer(1)));
        this.functions =
                new ChannelPool<>(
                        ChannelPool.Limits.FUNCTIONS,
                        () ->
                                this.control.order(
                                        o -> o.tuple(1).integer(Wire.Order.OPEN_FUNCTIONS)));
        Thread reports = Thread.ofVirtual().name("mxcp-worker-reports").start(this::readReports);
        process.onEnd(
                () -> Thread.ofVirtual().name("mxcp-worker-end").start(() -> overAfter(reports)));
    }

    /// Sends the start order; the answer comes in [#started].
    void begin(StartMessage.Kind kind) {
        Workers.Config config = shop.config();
        String duckdb = shop.database().version();
        control.order(out -> StartMessage.write(out, config, kind, duckdb));
    }

    CompletableFuture<Started> started() {
        return started;
    }

    /// What it does now, as long as it is starting or stopping.
    String phase() {
        return phase;
    }

    /// Runs one call.
    ///
    /// @throws WorkerGone when the worker ended before the call reached it
    PythonResult call(
            CallContext context,
            PythonTarget target,
            SequencedMap<String, @Nullable Object> arguments)
            throws WorkerGone {
        inFlight.incrementAndGet();
        try {
            CallChannel channel = channels.borrow(context);
            try {
                return channel.call(context, target, arguments, this);
            } finally {
                channels.giveBack(channel);
            }
        } finally {
            inFlight.decrementAndGet();
        }
    }

    /// Runs a SQL function for a batch of rows.
    ///
    /// @throws WorkerGone when the worker ended before the batch reached it
    void call(CallContext call, PythonFunction function, int rows, FunctionColumns columns)
            throws WorkerGone {
        inFlight.incrementAndGet();
        try {
            FunctionChannel channel = functions.borrow(call);
            try {
                channel.call(call, function, rows, columns, this);
            } finally {
                functions.giveBack(channel);
            }
        } finally {
            inFlight.decrementAndGet();
        }
    }

    /// Calls that run or wait for a channel.
    int running() {
        return inFlight.get();
    }

    /// Whether calls ended with it.
    boolean tookCallsAlong() {
        return tookCallsAlong;
    }

    boolean alive() {
        return !ended.get();
    }

    CompletableFuture<@Nullable Void> end() {
        return end;
    }

    OutputQueue output() {
        return shop.output();
    }

    /// What happens between its start and its end when the server reloads.
    WorkerGenerations generations() {
        return generations;
    }

    /// Takes the database away from code that goes on beside calls: stored connections, tasks and
    /// threads that outlived their call (R4.7.7).
    void cutOff() {
        dialogues.forEach(dialogue -> dialogue.interrupt("the server reloads"));
        detached.forEach(FrameChannel::close);
        sessions.endGeneration();
    }

    // ---- for calls

    DatabaseDialogue dialogue(FrameChannel channel, CallContext context) {
        var dialogue =
                new DatabaseDialogue(channel, context, shop.database(), sessions, shop.functions());
        dialogues.add(dialogue);
        shop.homes().enter(context.id(), this);
        if (ended.get()) {
            dialogue.interrupt("the Python worker stopped");
        }
        return dialogue;
    }

    void over(DatabaseDialogue dialogue) {
        dialogues.remove(dialogue);
        shop.homes().leave(dialogue.call(), this);
    }

    /// Tells the worker that nobody waits for the call any more.
    void cancel(String call) {
        control.order(out -> out.tuple(2).integer(Wire.Order.CANCEL).text(call));
    }

    /// Why a call's channel broke, for its caller. Returns when the worker no longer takes calls.
    String lossOfCall() {
        if (!process.awaitEnd(EXIT_PATIENCE)) {
            // its descriptors are gone but it lives: nothing can be done with it
            LOG.warn("a Python worker lost its connection and is ended");
            process.kill();
            process.awaitEnd(EXIT_PATIENCE);
        }
        over();
        return "Python worker stopped (" + process.howItEnded() + ")";
    }

    List<InspectionFinding> inspect(List<InspectedFunction> functions, Duration patience) {
        int request = lastInspection.incrementAndGet();
        var answer = new CompletableFuture<List<InspectionFinding>>();
        inspections.put(request, answer);
        control.order(out -> writeInspection(out, request, functions));
        try {
            return CompletableFuture.anyOf(answer, end)
                    .thenApply(_ -> answer.getNow(List.of()))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CallCancelled("interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw new EndpointFailed(
                    "The Python files could not be inspected within " + patience.toSeconds() + " s",
                    e);
        } finally {
            inspections.remove(request);
        }
    }

    private static void writeInspection(
            MarshalWriter out, int request, List<InspectedFunction> functions) {
        out.tuple(3).integer(Wire.Order.INSPECT).integer(request).list(functions.size());
        for (InspectedFunction function : functions) {
            out.tuple(4);
            switch (function.target()) {
                case PythonTarget.ToolFunction(var file, var name) ->
                        out.bool(false).text(file.toString()).text(name);
                case PythonTarget.ResourceFunction(var file, var name) ->
                        out.bool(true).text(file.toString()).text(name);
            }
            out.texts(function.parameters());
        }
    }

    // ---- channels that the worker opens

    /// A call channel, or one of code that runs outside of a call: a hook, an import, a late task.
    void connected(int kind, MarshalReader hello, FrameChannel channel) throws IOException {
        switch (kind) {
            case Wire.Channel.CALLS -> channels.add(new CallChannel(channel));
            case Wire.Channel.FUNCTIONS -> functions.add(new FunctionChannel(channel));
            case Wire.Channel.DETACHED -> serveDetached(hello, channel);
            default -> throw new IOException("a second control channel");
        }
    }

    private void serveDetached(MarshalReader hello, FrameChannel channel) throws IOException {
        CallContext context = DetachedContext.read(hello);
        detached.add(channel);
        var dialogue = dialogue(channel, context);
        try (dialogue) {
            var asking = new ClientDialogue(channel, context.client());
            while (!ended.get()) {
                MarshalReader in = channel.receive();
                in.tuple();
                int turn = in.integer();
                if (!asking.answer(turn, in) && !dialogue.answer(turn, in)) {
                    throw new MarshalReader.Garbled("turn " + turn + " outside of a call");
                }
            }
        } catch (CallCancelled | EOFException | ClosedChannelException _) {
            // the hook or task is over, or interrupted
        } finally {
            over(dialogue);
            detached.remove(channel);
            channel.close();
        }
    }

    // ---- reports

    private void readReports() {
        try {
            while (true) {
                MarshalReader in = control.receive();
                in.tuple();
                report(in.integer(), in);
            }
        } catch (IOException _) {
            // over() says why
        } catch (MarshalReader.Garbled garbled) {
            LOG.error("a Python worker sent something that is no report and is ended", garbled);
        }
        if (!stopping && !process.awaitEnd(EXIT_PATIENCE)) {
            process.kill();
        }
        over();
    }

    private void report(int code, MarshalReader in) {
        switch (code) {
            case Wire.Report.STARTED -> {
                int imported = in.integer();
                int failed = in.list();
                var files = new ArrayList<String>();
                for (int i = 0; i < failed; i++) {
                    files.add(in.text());
                }
                generations.failedFiles(files);
                started.complete(new Started(imported, files, null));
            }
            case Wire.Report.START_FAILED ->
                    started.complete(new Started(0, List.of(), in.text() + "\n" + in.text()));
            case Wire.Report.LOG ->
                    shop.output()
                            .log(
                                    in.text(),
                                    in.integer(),
                                    in.text(),
                                    in.text(),
                                    in.optionalText(),
                                    in.optionalText());
            case Wire.Report.INSPECTED -> inspected(in);
            case Wire.Report.RELEASE -> in.longs().forEach(h -> sessions.close(h.intValue()));
            case Wire.Report.INTERRUPT -> sessions.interrupt(in.integer());
            case Wire.Report.PHASE -> phase = in.text();
            case Wire.Report.STOPPED -> stopping = true;
            case Wire.Report.FUNCTIONS -> define(in);
            default -> {
                if (!generations.report(code, in)) {
                    throw new MarshalReader.Garbled("unknown report " + code);
                }
            }
        }
    }

    /// The worker goes on when it hears that SQL knows its functions.
    private void define(MarshalReader in) {
        int count = in.list();
        var described = new ArrayList<PythonFunction>();
        for (int i = 0; i < count; i++) {
            described.add(PythonFunction.read(in));
        }
        String refusal = null;
        try {
            shop.database().define(described, shop.functions());
        } catch (RuntimeException failure) {
            LOG.debug("the SQL functions of the plugins cannot be defined", failure);
            refusal = "the SQL functions of the plugins cannot be defined: " + failure.getMessage();
        }
        String answer = refusal;
        control.order(out -> out.tuple(2).integer(Wire.Order.FUNCTIONS_DEFINED).text(answer));
    }

    private void inspected(MarshalReader in) {
        int request = in.integer();
        int count = in.list();
        var findings = new ArrayList<InspectionFinding>();
        for (int i = 0; i < count; i++) {
            in.tuple();
            findings.add(new InspectionFinding(in.integer(), in.text(), in.text(), in.integer()));
        }
        var answer = inspections.get(request);
        if (answer != null) {
            answer.complete(findings);
        }
    }

    // ---- the end

    /// Lets the worker run its shutdown hooks and waits for its end; kills it after the grace.
    void stop(Duration grace) {
        stopping = true;
        control.order(out -> out.tuple(1).integer(Wire.Order.STOP));
        if (!process.awaitEnd(grace)) {
            LOG.warn(
                    "a Python worker did not end within {} s ({}) and is killed",
                    grace.toSeconds(),
                    phase);
            process.kill();
            process.awaitEnd(EXIT_PATIENCE);
        }
        over();
        process.awaitOutput(OUTPUT_PATIENCE);
    }

    /// Ends the process at once.
    void kill() {
        stopping = true;
        process.kill();
        process.awaitEnd(EXIT_PATIENCE);
        over();
    }

    /// How it ended; what it said before is in the log.
    String obituary() {
        process.awaitEnd(EXIT_PATIENCE);
        process.awaitOutput(OUTPUT_PATIENCE);
        return process.howItEnded();
    }

    /// Its last reports say why it ended: they are read before.
    private void overAfter(Thread reports) {
        try {
            reports.join(REPORT_PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        over();
    }

    private void over() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        tookCallsAlong = inFlight.get() > 0;
        control.close();
        channels.close();
        functions.close();
        detached.forEach(FrameChannel::close);
        dialogues.forEach(dialogue -> dialogue.interrupt("the Python worker stopped"));
        started.completeExceptionally(new WorkerGone());
        end.complete(null);
        // a session may be busy with a statement that ends only now
        Thread.ofVirtual()
                .name("mxcp-worker-sessions")
                .start(() -> {
                    sessions.closeAll();
                    process.awaitEnd(EXIT_PATIENCE);
                    process.removeFiles();
                });
    }
}
