package dev.mxcp.engine.python;

import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one worker says and is told around reloads: its code asks for one, its generation ends, a
/// payload runs, the next generation begins (R9.3). Thread-safe; part of its worker.
final class WorkerGenerations {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerGenerations.class);
    private static final Duration NOTICE_EVERY = Duration.ofSeconds(30);
    private static final int ERROR = 40;

    private final Worker worker;
    private final Workshop shop;
    private final ControlChannel control;
    private final Map<Integer, Waiting> payloads = new ConcurrentHashMap<>();
    private volatile CompletableFuture<@Nullable Void> paused = new CompletableFuture<>();
    private volatile CompletableFuture<Begun> begun = new CompletableFuture<>();
    private volatile List<String> failedFiles = List.of();

    WorkerGenerations(Worker worker, Workshop shop, ControlChannel control) {
        this.worker = worker;
        this.shop = shop;
        this.control = control;
    }

    /// One plugin or hook that failed.
    private record Failure(String what, String traceback) {}

    private record Begun(List<String> failedFiles, List<Failure> failures) {}

    private record Outcome(@Nullable String failure, @Nullable String traceback, boolean holds) {}

    /// Ends the generation: shutdown hooks, then plugins. A worker that takes longer than the grace
    /// is killed.
    void end(Duration grace) {
        var done = new CompletableFuture<@Nullable Void>();
        paused = done;
        control.order(out -> out.tuple(1).integer(Wire.Order.PAUSE));
        try {
            CompletableFuture.anyOf(done, worker.end())
                    .get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            LOG.warn(
                    "a Python worker did not end its shutdown hooks within {} s ({}) and is killed",
                    grace.toSeconds(),
                    worker.phase());
            worker.kill();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            worker.kill();
        }
    }

    /// Begins a generation: plugins, files that are not imported yet, init hooks.
    ///
    /// @param strict whether the first plugin or hook that fails ends the generation again;
    ///   otherwise failures are only logged
    /// @throws InvalidProject when it did not begin, or the worker ended
    void begin(Workers.Config config, boolean strict) {
        var answer = new CompletableFuture<Begun>();
        begun = answer;
        control.order(out -> StartMessage.begin(out, config, strict));
        for (long seconds = NOTICE_EVERY.toSeconds(); ; seconds += NOTICE_EVERY.toSeconds()) {
            try {
                CompletableFuture.anyOf(answer, worker.end())
                        .get(NOTICE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                judge(answer.getNow(null), strict);
                return;
            } catch (TimeoutException _) {
                LOG.warn(
                        "a Python worker is still coming back after {} s: {}",
                        seconds,
                        worker.phase());
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new CallCancelled("interrupted");
            }
        }
    }

    private void judge(@Nullable Begun answer, boolean strict) {
        if (answer == null) {
            throw new InvalidProject(
                    Problem.of("the Python worker ended at a reload: " + worker.obituary(), null));
        }
        failedFiles = answer.failedFiles();
        for (Failure failure : answer.failures()) {
            shop.output()
                    .log(
                            "ERROR",
                            ERROR,
                            "mxcp.worker",
                            failure.what() + "\n" + failure.traceback(),
                            null,
                            null);
        }
        if (strict && !answer.failures().isEmpty()) {
            throw new InvalidProject(Problem.of(answer.failures().getFirst().what(), null));
        }
    }

    /// Files whose import failed when the generation began.
    List<String> failedFiles() {
        return failedFiles;
    }

    void failedFiles(List<String> files) {
        failedFiles = files;
    }

    /// Whether functions wait in this worker for reloads that were asked for.
    boolean owesPayloads() {
        return !payloads.isEmpty();
    }

    /// Takes a report of the worker.
    ///
    /// @return false if it has nothing to do with reloads
    boolean report(int code, MarshalReader in) {
        switch (code) {
            case Wire.Report.RELOAD -> requested(in);
            case Wire.Report.PAUSED -> paused.complete(null);
            case Wire.Report.PAYLOAD_DONE -> {
                Waiting payload = payloads.get(in.integer());
                if (payload != null) {
                    payload.done.complete(
                            new Outcome(in.optionalText(), in.optionalText(), in.bool()));
                }
            }
            case Wire.Report.BEGUN -> {
                in.integer();
                begun.complete(new Begun(texts(in), failures(in)));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void requested(MarshalReader in) {
        int number = in.integer();
        String call = in.text();
        String endpoint = in.text();
        String description = in.text();
        Waiting payload = in.bool() ? new Waiting(number, call, endpoint) : null;
        if (payload != null) {
            payloads.put(number, payload);
        }
        String refusal = shop.reloads().request(description, payload);
        if (refusal != null) {
            payloads.remove(number);
        }
        control.order(out ->
                out.tuple(3).integer(Wire.Order.RELOAD_ANSWER).integer(number).text(refusal));
    }

    private static List<String> texts(MarshalReader in) {
        var texts = new ArrayList<String>();
        for (int left = in.list(); left > 0; left--) {
            texts.add(in.text());
        }
        return texts;
    }

    private static List<Failure> failures(MarshalReader in) {
        var failures = new ArrayList<Failure>();
        for (int left = in.list(); left > 0; left--) {
            in.list();
            failures.add(new Failure(in.text(), in.text()));
        }
        return failures;
    }

    /// A function that waits in this worker.
    private final class Waiting implements Payload {
        private final int number;
        private final String call;
        private final String endpoint;
        private final CompletableFuture<Outcome> done = new CompletableFuture<>();

        Waiting(int number, String call, String endpoint) {
            this.number = number;
            this.call = call;
            this.endpoint = endpoint;
        }

        @Override
        public void run(Path database, @Nullable Duration limit) {
            try {
                if (!worker.alive()) {
                    throw new EndpointFailed("its Python worker has ended before", null);
                }
                control.order(out ->
                        out.tuple(3)
                                .integer(Wire.Order.PAYLOAD)
                                .integer(number)
                                .text(database.toString()));
                finish(await(limit));
            } finally {
                payloads.remove(number);
            }
        }

        @Override
        public void drop() {
            payloads.remove(number);
        }

        private Outcome await(@Nullable Duration limit) {
            long began = System.nanoTime();
            while (true) {
                long ran = System.nanoTime() - began;
                long wait = NOTICE_EVERY.toNanos();
                if (limit != null) {
                    wait = Math.min(wait, Math.max(1, limit.toNanos() - ran));
                }
                try {
                    CompletableFuture.anyOf(done, worker.end()).get(wait, TimeUnit.NANOSECONDS);
                    Outcome outcome = done.getNow(null);
                    if (outcome == null) {
                        throw new EndpointFailed(worker.lossOfCall(), null);
                    }
                    return outcome;
                } catch (TimeoutException _) {
                    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
                    if (limit != null && System.nanoTime() - began >= limit.toNanos()) {
                        worker.kill();
                        throw new EndpointFailed(
                                "it did not end within %.1f s (reload.payload_limit); its worker was killed"
                                        .formatted(limit.toMillis() / 1000.0),
                                null);
                    }
                    LOG.warn(
                            "the payload that {} defined still runs after {} s", endpoint, seconds);
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException(impossible);
                } catch (InterruptedException _) {
                    worker.kill();
                    Thread.currentThread().interrupt();
                    throw new CallCancelled("the server is stopping; its worker was killed");
                }
            }
        }

        private void finish(Outcome outcome) {
            if (outcome.holds()) {
                LOG.warn(
                        "the payload that {} defined left the database file open in its Python"
                                + " worker, which is therefore replaced",
                        endpoint);
                worker.kill();
            }
            if (outcome.failure() != null) {
                shop.output()
                        .log(
                                "ERROR",
                                ERROR,
                                "mxcp.reload",
                                "the payload failed: "
                                        + outcome.failure()
                                        + "\n"
                                        + (outcome.traceback() == null ? "" : outcome.traceback()),
                                call,
                                endpoint);
                throw new EndpointFailed(outcome.failure(), null);
            }
        }
    }
}
