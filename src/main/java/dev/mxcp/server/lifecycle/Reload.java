package dev.mxcp.server.lifecycle;

import dev.mxcp.engine.python.Payload;
import dev.mxcp.engine.python.ReloadRequests;
import dev.mxcp.problem.MxcpException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reloads what is served, one request after another in the order in which they came (D7, R4).
/// Those without a payload are all alike: one that still waits stands for all that come meanwhile
/// (R4.7.8). While nothing serves because the database cannot be opened, it tries again now and
/// then. Thread-safe; owns the one thread that works.
public final class Reload implements ReloadRequests, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration LAST_GRACE = Duration.ofSeconds(15);
    private static final long RETRY_MILLIS = TimeUnit.SECONDS.toMillis(5);
    private static final int LONGEST_DESCRIPTION = 200;

    private final Gate gate;
    private final Served served;
    private final InstantSource clock;
    private final BiConsumer<EndpointRunner, EndpointRunner> replaced;
    private final Object lock = new Object();
    private final Deque<Request> queue = new ArrayDeque<>(); // guarded by lock
    private final Thread worker;
    private @Nullable Request current; // guarded by lock
    private int lastNumber; // guarded by lock
    private volatile boolean stopping;
    private volatile @Nullable String outage;
    private volatile ReloadStatus.@Nullable Last last;

    private Reload(
            Gate gate,
            Served served,
            InstantSource clock,
            BiConsumer<EndpointRunner, EndpointRunner> replaced) {
        this.gate = gate;
        this.served = served;
        this.clock = clock;
        this.replaced = replaced;
        this.worker = Thread.ofPlatform().daemon().name("reload").unstarted(this::work);
    }

    private record Request(int number, String description, @Nullable Payload payload) {
        String name() {
            return "reload %d (%s)".formatted(number, description);
        }
    }

    /// Begins to take requests.
    ///
    /// @param replaced told when something else serves: what did before, and what does now
    public static Reload start(
            Gate gate,
            Served served,
            InstantSource clock,
            BiConsumer<EndpointRunner, EndpointRunner> replaced) {
        gate.patience(served.limits().waitLimit());
        var reload = new Reload(gate, served, clock, replaced);
        reload.worker.start();
        return reload;
    }

    /// Queues a reload and returns at once. When the server is stopping nothing happens (R4.1.1).
    ///
    /// @return null: it never refuses
    @Override
    public @Nullable String request(String description, @Nullable Payload payload) {
        synchronized (lock) {
            if (stopping) {
                LOG.info("a reload is ignored because the server is stopping");
                drop(payload);
                return null;
            }
            String what = shown(description, payload);
            if (payload == null) {
                for (Request waiting : queue) {
                    if (waiting.payload == null) {
                        LOG.info("a reload ({}) is one with {}, which waits", what, waiting.name());
                        return null;
                    }
                }
            }
            var request = new Request(++lastNumber, what, payload);
            queue.addLast(request);
            LOG.info("{}: queued", request.name());
            lock.notifyAll();
            return null;
        }
    }

    private static String shown(String description, @Nullable Payload payload) {
        String line = description.strip().replaceAll("\\s+", " ");
        if (line.isEmpty()) {
            return payload == null ? "configuration" : "payload";
        }
        return line.length() > LONGEST_DESCRIPTION
                ? line.substring(0, LONGEST_DESCRIPTION) + "..."
                : line;
    }

    /// What operators see.
    public ReloadStatus status() {
        synchronized (lock) {
            return new ReloadStatus(
                    current != null,
                    gate.draining(),
                    current == null ? null : current.description,
                    queue.size(),
                    gate.active(),
                    last,
                    outage);
        }
    }

    /// Takes no more requests and forgets those that wait; one that is going on may end.
    public void stop() {
        synchronized (lock) {
            stopping = true;
            queue.forEach(request -> {
                LOG.warn("{}: given up because the server is stopping", request.name());
                drop(request.payload);
            });
            queue.clear();
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        close(GRACE);
    }

    /// As [#stop], and waits for the one that is going on; a payload that takes too long is ended,
    /// and what it changed is undone if there is a copy.
    public void close(Duration grace) {
        stop();
        try {
            if (!worker.join(grace)) {
                worker.interrupt();
                worker.join(LAST_GRACE);
            }
        } catch (InterruptedException interrupted) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private static void drop(@Nullable Payload payload) {
        if (payload != null) {
            payload.drop();
        }
    }

    private void work() {
        try {
            while (awaitWork()) {
                Request request;
                synchronized (lock) {
                    request = queue.pollFirst();
                    current = request;
                }
                if (request == null) {
                    retry();
                } else {
                    process(request);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false when there will be none any more
    private boolean awaitWork() throws InterruptedException {
        synchronized (lock) {
            while (queue.isEmpty() && !stopping) {
                if (outage == null) {
                    lock.wait();
                } else {
                    lock.wait(RETRY_MILLIS);
                    return !stopping;
                }
            }
            return !stopping;
        }
    }

    private void process(Request request) throws InterruptedException {
        EndpointRunner before = gate.current();
        String error;
        try {
            var run = new ReloadRun(served, gate, request.name(), request.payload, () -> stopping);
            try {
                run.run();
            } finally {
                outage = run.outage();
            }
            error = run.error();
        } catch (RuntimeException bug) {
            LOG.error("{}: a bug", request.name(), bug);
            error = "internal error: " + bug;
        }
        synchronized (lock) {
            last = new ReloadStatus.Last(clock.instant(), error);
            current = null;
        }
        tell(before);
    }

    private void tell(EndpointRunner before) {
        EndpointRunner after = gate.current();
        if (!stopping && !after.equals(before)) {
            try {
                replaced.accept(before, after);
            } catch (RuntimeException bug) {
                LOG.error("clients could not be told that lists have changed", bug);
            }
        }
    }

    private void retry() throws InterruptedException {
        gate.exclusively(
                served.limits().drainLimit(),
                runner -> {
                    try {
                        EndpointRunner next = served.startAsBefore();
                        outage = null;
                        LOG.info("the database can be opened again");
                        return next;
                    } catch (MxcpException stillNot) {
                        LOG.debug("the database still cannot be opened", stillNot);
                        return runner;
                    }
                });
    }
}
