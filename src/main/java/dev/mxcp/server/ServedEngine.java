package dev.mxcp.server;

import dev.mxcp.engine.DormantEngine;
import dev.mxcp.engine.Engine;
import dev.mxcp.engine.FreshPython;
import dev.mxcp.engine.python.ReloadRequests;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Project;
import dev.mxcp.project.SiteConfig;
import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.server.lifecycle.Served;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine that serves, from one generation to the next. Owns it in whatever state it is; used
/// by one thread at a time.
public final class ServedEngine implements Served, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedEngine.class);

    private final ProjectSource source;
    private Project project;
    private Catalog served;
    private ReloadRequests reloads = ReloadRequests.NONE;
    private @Nullable Engine engine;
    private @Nullable DormantEngine dormant;

    /// @param engine owned from now on
    /// @param served the endpoints that clients see, all of them the engine's
    public ServedEngine(Engine engine, Catalog served, ProjectSource source) {
        this.source = source;
        this.project = engine.project();
        this.served = served;
        this.engine = engine.serving(served);
    }

    /// What is behind the gate at first.
    EndpointRunner first() {
        return new EngineRunner(Objects.requireNonNull(engine), served);
    }

    /// Who is asked when user code calls `reload_duckdb`.
    void onReload(ReloadRequests asked) {
        reloads = asked;
        if (engine != null) {
            engine.onReload(asked);
        }
    }

    @Override
    public SiteConfig.Reload limits() {
        return project.site().reload();
    }

    @Override
    public Path database() {
        return project.settings().database();
    }

    @Override
    public Served.Renewal read() {
        return new Next(source.read());
    }

    @Override
    public void stop() {
        Engine running = engine;
        if (running != null) {
            engine = null;
            dormant = running.pause();
        }
    }

    @Override
    public boolean released() {
        return dormant != null && dormant.released();
    }

    @Override
    public EndpointRunner startAsBefore() {
        return started(asleep().wakeAsBefore());
    }

    @Override
    public EndpointRunner outage(String why) {
        return new OutageRunner(served, project.site().limits(), why);
    }

    /// Ends what runs.
    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
        if (dormant != null) {
            dormant.close();
        }
    }

    private DormantEngine asleep() {
        if (dormant == null) {
            throw new IllegalStateException("it has not stopped");
        }
        return dormant;
    }

    private EndpointRunner started(Engine woken) {
        dormant = null;
        engine = woken;
        project = woken.project();
        served = woken.catalog();
        woken.onReload(reloads);
        return new EngineRunner(woken, served);
    }

    /// A definition that is broken now goes on as it was, if it was served (R2.1.4); what is new
    /// and broken is left out. Only what has changed is judged.
    private Catalog sound(Engine woken, Catalog read) {
        List<Endpoint> changed =
                read.endpoints().stream()
                        .filter(endpoint ->
                                served.endpoints().stream()
                                        .noneMatch(known -> same(known, endpoint)))
                        .toList();
        Map<Endpoint, String> problems =
                changed.isEmpty() ? Map.of() : source.problems(woken, changed);
        return new MergedCatalog(served, read, problems).merged();
    }

    private static boolean same(Endpoint one, Endpoint other) {
        return one.file().relativePath().equals(other.file().relativePath())
                && one.id().equals(other.id())
                && one.file().document().equals(other.file().document())
                && Objects.equals(one.code(), other.code());
    }

    /// What was read, not yet started.
    private final class Next implements Served.Renewal {
        private final ProjectSource.Reading reading;
        private @Nullable FreshPython fresh;

        Next(ProjectSource.Reading reading) {
            this.reading = reading;
        }

        @Override
        public void warm() {
            if (engine != null) {
                fresh = engine.warm(reading.project(), reading.catalog()).orElse(null);
            }
        }

        @Override
        public EndpointRunner start() {
            Engine woken = asleep().wake(reading.project(), reading.catalog(), fresh);
            dormant = null;
            engine = woken;
            Catalog fit;
            try {
                fit = sound(woken, reading.catalog());
            } catch (RuntimeException failure) {
                LOG.error("the changed definitions could not be judged", failure);
                fit = reading.catalog();
            }
            return started(woken.serving(fit));
        }

        @Override
        public void close() {
            if (fresh != null) {
                fresh.close();
                fresh = null;
            }
        }
    }
}
