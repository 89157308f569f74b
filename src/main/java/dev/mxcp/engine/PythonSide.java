package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.engine.python.DatabaseRequests;
import dev.mxcp.engine.python.FunctionProblem;
import dev.mxcp.engine.python.InspectedFunction;
import dev.mxcp.engine.python.Inspection;
import dev.mxcp.engine.python.Interpreter;
import dev.mxcp.engine.python.LogSink;
import dev.mxcp.engine.python.ManagedEnvironment;
import dev.mxcp.engine.python.PluginInstance;
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
    private final DatabaseRequests database;
    private final LogSink log = new WorkerLog();
    private volatile @Nullable Workers workers;
    private volatile @Nullable Inspection inspection;

    private PythonSide(Workers.Config config, DatabaseRequests database) {
        this.config = config;
        this.database = database;
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
        return new PythonSide(
                config(project, catalog, options, installation), new PythonDatabase(duckdb));
    }

    void start() {
        workers = Workers.start(config, database, log);
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

    private static Workers.Config config(
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
