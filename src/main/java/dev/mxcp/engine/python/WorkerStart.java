package dev.mxcp.engine.python;

import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings up one worker: process, control channel, plugins, imports, hooks.
final class WorkerStart {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerStart.class);
    private static final int TOO_OLD_STATUS = 78;
    private static final String TOO_OLD_MARK = "mxcp-python-too-old ";
    private static final Duration CONNECT_PATIENCE = Duration.ofMinutes(1);
    private static final Duration NOTICE_EVERY = Duration.ofSeconds(30);

    private final Workshop shop;
    private final AtomicBoolean abandoned = new AtomicBoolean();
    private final CompletableFuture<FrameChannel> control = new CompletableFuture<>();
    private final CompletableFuture<Worker> worker = new CompletableFuture<>();

    WorkerStart(Workshop shop) {
        this.shop = shop;
    }

    /// Ends a start that is under way; [#run] then fails.
    void abandon() {
        abandoned.set(true);
        control.completeExceptionally(new WorkerGone());
        var _ = worker.thenAccept(Worker::kill);
    }

    /// Returns a worker that takes calls.
    ///
    /// @throws InvalidProject when interpreter, plugins or init hooks do not let it start
    Worker run(StartMessage.Kind kind) {
        Listener.Guest guest = this::connected;
        WorkerProcess process = launch(guest);
        boolean up = false;
        try {
            process.onEnd(() -> ended(guest));
            var made = new Worker(shop, process, await(control, CONNECT_PATIENCE));
            worker.complete(made);
            if (abandoned.get()) {
                throw new TimeoutException("abandoned");
            }
            made.begin(kind);
            Worker.Started started = awaitStarted(made);
            if (started.failure() != null) {
                made.stop(shop.config().stopGrace());
                throw new InvalidProject(Problem.of(started.failure(), null));
            }
            up = true;
            tell(started, kind);
            return made;
        } catch (ExecutionException | TimeoutException _) {
            throw notUp(process);
        } finally {
            if (!up) {
                process.kill();
            }
        }
    }

    private void ended(Listener.Guest guest) {
        shop.listener().forget(guest);
        control.completeExceptionally(new WorkerGone());
    }

    private WorkerProcess launch(Listener.Guest guest) {
        try {
            return WorkerProcess.start(shop, shop.listener().expect(guest));
        } catch (IOException failure) {
            String what = "Python cannot be started: " + shop.config().interpreter().shown();
            throw new InvalidProject(
                    Problem.of(what + ": " + failure.getMessage(), Interpreter.HOW_TO_SET));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CallCancelled("interrupted");
        }
    }

    private void connected(int kind, MarshalReader hello, FrameChannel channel) throws IOException {
        if (kind != Wire.Channel.CONTROL) {
            worker.join().connected(kind, hello, channel);
        } else if (!control.complete(channel)) {
            throw new IOException("a second control channel");
        }
    }

    private static <T> T await(CompletableFuture<T> future, Duration patience)
            throws ExecutionException, TimeoutException {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CallCancelled("interrupted");
        }
    }

    private Worker.Started awaitStarted(Worker made) throws ExecutionException {
        for (long seconds = NOTICE_EVERY.toSeconds(); ; seconds += NOTICE_EVERY.toSeconds()) {
            try {
                return await(made.started(), NOTICE_EVERY);
            } catch (TimeoutException _) {
                LOG.warn(
                        "the Python worker is still starting after {} s: {}",
                        seconds,
                        made.phase());
            }
        }
    }

    private void tell(Worker.Started started, StartMessage.Kind kind) {
        if (kind != StartMessage.Kind.INSPECTING) {
            LOG.info(
                    "a Python worker is up: {} files imported, {} failed",
                    started.imported(),
                    started.failedFiles().size());
        }
    }

    private RuntimeException notUp(WorkerProcess process) {
        if (abandoned.get()) {
            return new EndpointFailed("The start of the Python worker was given up", null);
        }
        if (!process.awaitEnd(Duration.ofSeconds(2))) {
            process.kill();
            process.awaitEnd(Duration.ofSeconds(2));
        }
        process.awaitOutput(Duration.ofMillis(500));
        Interpreter interpreter = shop.config().interpreter();
        if (process.exitCode() == TOO_OLD_STATUS) {
            for (String line : process.lastErrorLines()) {
                if (line.startsWith(TOO_OLD_MARK)) {
                    String version = line.substring(TOO_OLD_MARK.length()).split(" ", 2)[0];
                    String what = "Python " + version + " is too old: " + interpreter.shown();
                    return new InvalidProject(Problem.of(what, Interpreter.HOW_TO_SET));
                }
            }
        }
        return new InvalidProject(
                Problem.of(
                        "the Python worker ended while it started: "
                                + interpreter.shown()
                                + ": "
                                + process.obituary(),
                        null));
    }
}
