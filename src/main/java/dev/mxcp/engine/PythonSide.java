package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.engine.python.FunctionProblem;
import dev.mxcp.engine.python.InspectedFunction;
import dev.mxcp.engine.python.Inspection;
import dev.mxcp.engine.python.Interpreter;
import dev.mxcp.engine.python.LogSink;
import dev.mxcp.engine.python.ManagedEnvironment;
import dev.mxcp.engine.python.PluginInstance;
import dev.mxcp.engine.python.ReloadRequests;
import dev.mxcp.engine.python.SourceState;
import dev.mxcp.engine.python.Workers;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Project;
import dev.mxcp.project.SiteConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Python half of an engine: which workers a project needs, and those that run. Owned by the
/// engine.
final class PythonSide implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PythonSide.class);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final Workers.Config config;
    private final SwitchedDatabase database;
    private final CallWatch watch;
    private final LogSink log = new WorkerLog();
    private volatile @Nullable Workers workers;
    private volatile @Nullable Inspection inspection;

    /// What the running workers were made of; null before the start.
    private @Nullable SourceState source;

    private PythonSide(
            Workers.Config config,
            SwitchedDatabase database,
            CallWatch watch,
            @Nullable SourceState source,
            @Nullable Workers workers) {
        this.config = config;
        this.database = database;
        this.watch = watch;
        this.source = source;
        this.workers = workers;
    }

    /// What a project needs, or null when nothing in it is Python or Python is not wanted.
    static @Nullable PythonSide of(
            Project project,
            Catalog catalog,
            Engine.Options options,
            Installation installation,
            DuckDb duckdb) {
        if (options.python() == Engine.PythonUse.NONE || !hasPython(project, catalog)) {
            return null;
        }
        var watch = new CallWatch(options.telemetry());
        return new PythonSide(
                config(project, catalog, options, installation),
                new SwitchedDatabase(new PythonDatabase(duckdb, watch)),
                watch,
                null,
                null);
    }

    void start() {
        source = SourceState.of(config);
        workers = Workers.start(config, database, log);
    }

    // ---- reloads

    void onReload(ReloadRequests asked) {
        if (workers != null) {
            workers.onReload(asked);
        }
    }

    /// Ends the generation: hooks first, while the database is there; then it is taken away.
    void pause() {
        Workers running = workers;
        if (running != null) {
            running.endGeneration();
            database.close();
            running.cutOff();
        }
    }

    /// Workers of the next generation beside the running ones, if those cannot stay.
    Optional<PythonSide> warm(Workers.Config next) {
        Workers running = workers;
        SourceState now = SourceState.of(next);
        if (running == null || now.equals(source)) {
            return Optional.empty();
        }
        if (running.owesPayloads()) {
            LOG.info(
                    "Python files have changed, but functions still wait in the running worker: it"
                            + " is kept until a later reload");
            return Optional.empty();
        }
        LOG.info(
                "Python files, requirements or the interpreter have changed: a fresh worker starts");
        Workers started = checked(Workers.startWarm(next, database, log), running);
        return Optional.of(new PythonSide(next, database, watch, now, started));
    }

    /// Files that only the new workers cannot import are broken edits: the old ones go on.
    private Workers checked(Workers fresh, Workers running) {
        Set<String> broken = fresh.failedFiles();
        broken.removeAll(running.failedFiles());
        if (broken.isEmpty()) {
            return fresh;
        }
        fresh.close();
        throw new InvalidProject(
                Problem.of(
                        "cannot be imported any more: " + String.join(", ", shown(broken)),
                        "correct it and reload again; the log has the cause"));
    }

    private List<String> shown(Set<String> files) {
        return files.stream()
                .map(Path::of)
                .map(file ->
                        file.startsWith(config.projectRoot())
                                ? config.projectRoot().relativize(file)
                                : file)
                .map(Path::toString)
                .toList();
    }

    /// Begins the next generation after [#pause], with the same workers if they can stay. When that
    /// fails, everything is paused as before.
    ///
    /// @param warm from [#warm], if it was asked
    /// @throws dev.mxcp.problem.MxcpException with what is wrong
    PythonSide resume(Workers.Config next, DuckDb duckdb, @Nullable PythonSide warm) {
        Workers running = workers;
        if (running == null) {
            throw new IllegalStateException("nothing runs");
        }
        database.open(new PythonDatabase(duckdb, watch));
        try {
            PythonSide side = successor(next, running, warm);
            if (side.workers != running) {
                Thread.ofVirtual().name("mxcp-worker-retirement").start(running::close);
            }
            return side;
        } catch (RuntimeException | Error failure) {
            database.close();
            running.cutOff();
            throw failure;
        }
    }

    private PythonSide successor(Workers.Config next, Workers running, @Nullable PythonSide warm) {
        SourceState now = SourceState.of(next);
        if (warm != null && warm.workers != null && now.equals(warm.source)) {
            warm.workers.beginGeneration(next, true);
            return warm;
        }
        if (now.equals(source) || running.owesPayloads()) {
            running.beginGeneration(next, true);
            return new PythonSide(next, database, watch, source, running);
        }
        return new PythonSide(next, database, watch, now, fresh(next, running));
    }

    private Workers fresh(Workers.Config next, Workers running) {
        LOG.info(
                "Python files, requirements or the interpreter have changed: a fresh worker starts");
        return checked(Workers.start(next, database, log), running);
    }

    /// Begins the next generation with the configuration and the workers there are. Plugins and
    /// hooks that fail are only logged.
    PythonSide resumeAsBefore(DuckDb duckdb) {
        database.open(new PythonDatabase(duckdb, watch));
        if (workers != null) {
            workers.beginGeneration(config, false);
        }
        return this;
    }

    /// Has SQL know the functions of plugins, without running anything but the plugins' making.
    void inspectPlugins() {
        if (!config.plugins().isEmpty()) {
            inspection = Inspection.start(config, database, log);
        }
    }

    @Nullable Workers workers() {
        return workers;
    }

    List<FunctionProblem> inspect(List<InspectedFunction> functions) {
        Workers running = workers;
        if (running != null) {
            return running.inspect(functions);
        }
        Inspection looking = inspection;
        return looking == null
                ? Workers.inspect(config, functions, database, log)
                : looking.problems(functions);
    }

    @Override
    public void close() {
        Workers running = workers;
        if (running != null) {
            running.close();
        }
        Inspection looking = inspection;
        if (looking != null) {
            looking.close();
        }
    }

    private static boolean hasPython(Project project, Catalog catalog) {
        return !project.site().plugins().isEmpty()
                || catalog.endpoints().stream().anyMatch(e -> e.code() instanceof Code.Python)
                || hasModules(project.site().paths().python());
    }

    private static boolean hasModules(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".py"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Workers.Config config(
            Project project, Catalog catalog, Engine.Options options, Installation installation) {
        SiteConfig site = project.site();
        return new Workers.Config(
                interpreter(project, options),
                installation.python(),
                project.root(),
                site.paths().python(),
                site.paths().plugins(),
                plugins(project),
                outside(catalog, site.paths().python()),
                site.plain(),
                project.user().plain(),
                project.user().secrets(),
                site.python().workers(),
                site.python().exactDecimals(),
                options.logLevel(),
                site.limits().resultBytes(),
                STOP_GRACE);
    }

    private static Interpreter interpreter(Project project, Engine.Options options) {
        Map<String, String> environment = System.getenv();
        String path = environment.getOrDefault("PATH", "");
        var managed = new ManagedEnvironment(options.installPackages(), path, LOG::info);
        return Interpreter.choose(
                project.site().python().interpreter(), project.root(), environment, managed);
    }

    private static List<PluginInstance> plugins(Project project) {
        var instances = new ArrayList<PluginInstance>();
        var problems = new ArrayList<Problem>();
        for (SiteConfig.Plugin plugin : project.site().plugins()) {
            Map<String, String> settings = Map.of();
            if (plugin.config() != null) {
                settings = project.user().pluginConfig().get(plugin.config());
            }
            if (settings == null) {
                problems.add(
                        Problem.of(
                                "Plugin configuration '%s' not found, for plugin '%s'"
                                        .formatted(plugin.config(), plugin.name()),
                                "write it below plugin.config of the profile in the user"
                                        + " configuration"));
            } else {
                instances.add(new PluginInstance(plugin.name(), plugin.module(), settings));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidProject(problems);
        }
        return instances;
    }

    private static List<Path> outside(Catalog catalog, Path pythonFolder) {
        return catalog.endpoints().stream()
                .map(Endpoint::code)
                .<Path>mapMulti(PythonSide::pythonFile)
                .filter(file -> !file.startsWith(pythonFolder))
                .distinct()
                .toList();
    }

    private static void pythonFile(@Nullable Code code, Consumer<Path> files) {
        if (code instanceof Code.Python(Path file, _)) {
            files.accept(file);
        }
    }
}
