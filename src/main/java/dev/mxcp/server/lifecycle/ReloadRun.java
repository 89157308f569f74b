package dev.mxcp.server.lifecycle;

import dev.mxcp.engine.python.Payload;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.project.SiteConfig;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One reload, phase by phase in strict order (R4.3): drain, stop, payload, configuration, start;
/// what waited then goes on. Whatever fails, something serves afterwards (R4.5). Without a payload
/// the configuration is read first, and workers that have to be new start ahead, so that calls wait
/// less.
final class ReloadRun {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadRun.class);

    private final Served served;
    private final Gate gate;
    private final String name;
    private final @Nullable Payload payload;
    private final BooleanSupplier stopping;
    private final SiteConfig.Reload limits;
    private final List<String> errors = new ArrayList<>();
    private Served.@Nullable Renewal renewal;
    private @Nullable String outage;
    private long waitingSince;

    /// @param name for the log
    /// @param stopping whether the server ends: then nothing is started any more
    ReloadRun(
            Served served,
            Gate gate,
            String name,
            @Nullable Payload payload,
            BooleanSupplier stopping) {
        this.served = served;
        this.gate = gate;
        this.name = name;
        this.payload = payload;
        this.stopping = stopping;
        this.limits = served.limits();
    }

    /// What failed; null if nothing did.
    @Nullable String error() {
        return errors.isEmpty() ? null : String.join("; ", errors);
    }

    /// Why nothing serves; null if something does.
    @Nullable String outage() {
        return outage;
    }

    void run() throws InterruptedException {
        try {
            if (payload == null) {
                read();
                warm();
            }
            LOG.info("{}: waiting for {} running calls", name, gate.active());
            waitingSince = System.nanoTime();
            gate.exclusively(limits.drainLimit(), this::alone);
            gate.patience(served.limits().waitLimit());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - waitingSince);
            if (errors.isEmpty()) {
                LOG.info("{}: completed; calls waited for {} ms", name, millis);
            } else {
                LOG.error("{}: ended with an error after {} ms: {}", name, millis, error());
            }
        } finally {
            forget();
            if (payload != null) {
                payload.drop();
            }
        }
    }

    private EndpointRunner alone(EndpointRunner before) {
        if (stopping.getAsBoolean()) {
            return before;
        }
        LOG.info("{}: shutdown hooks run, the database closes", name);
        served.stop();
        if (payload == null) {
            return start(null);
        }
        try (var copy = DatabaseCopy.of(served.database(), limits.backupBytes())) {
            boolean good = pay(payload, copy);
            if (stopping.getAsBoolean()) {
                return before;
            }
            if (good) {
                read();
            }
            return start(copy);
        }
    }

    private boolean pay(Payload function, DatabaseCopy copy) {
        if (!served.released()) {
            failed(
                    "the payload was not run: a query that cannot be interrupted holds the database",
                    null);
            return false;
        }
        LOG.info("{}: the payload runs", name);
        long began = System.nanoTime();
        try {
            function.run(served.database(), limits.payloadLimit());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            LOG.info("{}: the payload has ended after {} ms", name, millis);
            return true;
        } catch (MxcpException failure) {
            failed("the payload failed: " + failure.getMessage(), null);
            boolean interrupted = Thread.interrupted(); // the file is put back all the same
            if (!copy.restore()) {
                LOG.warn("{}: there is no copy: the database is as the payload left it", name);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }

    private void read() {
        try {
            renewal = served.read();
            LOG.info("{}: the configuration is read", name);
        } catch (MxcpException failure) {
            failed("the configuration stays as it was: " + failure.getMessage(), failure);
        }
    }

    private void warm() {
        if (renewal != null) {
            try {
                renewal.warm();
            } catch (MxcpException failure) {
                failed("everything stays as it was: " + failure.getMessage(), failure);
                forget();
            }
        }
    }

    private EndpointRunner start(@Nullable DatabaseCopy copy) {
        if (Files.notExists(served.database())) {
            LOG.warn("{}: the database file is gone, so an empty one is made", name);
        }
        if (renewal != null) {
            try {
                EndpointRunner started = renewal.start();
                renewal = null;
                return started;
            } catch (MxcpException failure) {
                failed(String.valueOf(failure.getMessage()), failure);
                forget();
            }
        }
        String why;
        try {
            return served.startAsBefore();
        } catch (MxcpException failure) {
            why = failed(String.valueOf(failure.getMessage()), failure);
        }
        if (copy != null && copy.restore()) {
            try {
                return served.startAsBefore();
            } catch (MxcpException failure) {
                why = failed(String.valueOf(failure.getMessage()), failure);
            }
        }
        outage = why;
        return served.outage(why);
    }

    private String failed(String what, @Nullable MxcpException failure) {
        if (!errors.contains(what)) {
            errors.add(what);
            LOG.error("{}: {}", name, what, failure);
        }
        return what;
    }

    private void forget() {
        if (renewal != null) {
            renewal.close();
            renewal = null;
        }
    }
}
