package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.engine.call.Result;
import dev.mxcp.engine.duckdb.Column;
import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.engine.duckdb.Parameters;
import dev.mxcp.engine.duckdb.Prepared;
import dev.mxcp.engine.duckdb.Session;
import dev.mxcp.engine.duckdb.SqlText;
import dev.mxcp.engine.duckdb.Trial;
import dev.mxcp.engine.duckdb.ValueRows;
import dev.mxcp.engine.prompt.PromptRenderer;
import dev.mxcp.engine.python.FunctionProblem;
import dev.mxcp.engine.python.InspectedFunction;
import dev.mxcp.engine.python.InstallProgress;
import dev.mxcp.engine.python.PythonTarget;
import dev.mxcp.engine.python.ReloadRequests;
import dev.mxcp.engine.python.Workers;
import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Presentation.Completion;
import dev.mxcp.project.Presentation.Delivery;
import dev.mxcp.project.Project;
import dev.mxcp.telemetry.Telemetry;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A project that runs: its database, its Python workers, and every endpoint compiled for calls.
/// Thread-safe; owns what it opened. A reload makes a new one.
public final class Engine implements AutoCloseable {
    /// The logger under which what user code prints appears, always at level INFO.
    public static final String PRINT_LOGGER = "python.print";

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Owned owned;
    private final Project project;
    private final Catalog catalog;
    private final Parts parts;
    private final DuckDb duckdb;
    private final @Nullable PythonSide python;
    private final PromptRenderer prompts = new PromptRenderer();
    private final Map<String, Runner> runners;
    private final SqlRunner queries;
    private final CallWatch watch;
    private final EngineGauges gauges;

    /// How to open an engine.
    ///
    /// @param python what to do about Python
    /// @param installPackages whether a managed environment may be made (R1.1.4)
    /// @param logLevel from which level on Python's log records are wanted: `DEBUG` to `CRITICAL`
    /// @param telemetry is told about every call; owned by whoever opens the engine
    /// @param progress is told what is installed meanwhile
    public record Options(
            PythonUse python,
            boolean installPackages,
            String logLevel,
            Telemetry telemetry,
            InstallProgress progress) {
        /// Without anybody who watches an installation.
        public Options(
                PythonUse python, boolean installPackages, String logLevel, Telemetry telemetry) {
            this(python, installPackages, logLevel, telemetry, InstallProgress.SILENT);
        }

        /// The same without telemetry.
        public Options(PythonUse python, boolean installPackages, String logLevel) {
            this(python, installPackages, logLevel, Telemetry.OFF);
        }
    }

    /// What an engine does about the project's Python code.
    public enum PythonUse {
        /// Nothing is started.
        NONE,
        /// Functions can be looked at, but hooks do not run and nothing can be called.
        INSPECT,
        /// Workers run, their init hooks have run.
        RUN,
        /// Workers run; plugins and init hooks that fail are only logged.
        RUN_DESPITE_FAILURES
    }

    /// An endpoint ready for calls.
    record Runner(Arguments arguments, @Nullable SqlRunner sql, @Nullable PythonRunner function) {}

    /// What an engine runs with.
    record Parts(
            Options options,
            Installation installation,
            DuckDb duckdb,
            @Nullable PythonSide python) {}

    Engine(
            Owned owned,
            Project project,
            Catalog catalog,
            Parts parts,
            Map<String, Runner> runners) {
        this.owned = owned;
        this.project = project;
        this.catalog = catalog;
        this.parts = parts;
        this.duckdb = parts.duckdb();
        this.python = parts.python();
        this.queries = new SqlRunner(null, project.site().limits().resultBytes());
        this.runners = runners;
        this.watch = new CallWatch(parts.options().telemetry());
        this.gauges = EngineGauges.of(parts.options().telemetry(), duckdb, python);
    }

    static Map<String, Runner> runners(Project project, Catalog catalog) {
        long maxBytes = project.site().limits().resultBytes();
        Map<String, Runner> runners = new HashMap<>();
        catalog.endpoints().forEach(e -> runners.put(key(e), runner(e, maxBytes)));
        return runners;
    }

    /// Opens the database and, if the project has any Python, its workers; what was opened is
    /// closed again if a later step fails.
    ///
    /// @throws dev.mxcp.problem.MxcpException with what is wrong
    public static Engine open(Project project, Catalog catalog, Options options) {
        var owned = new Owned();
        try {
            Installation installation = Installation.locate();
            DuckDb duckdb = owned.own(DuckDb.open(Databases.config(project, installation)));
            PythonSide python = PythonSide.of(project, catalog, options, installation, duckdb);
            if (python != null) {
                owned.own(python);
                switch (options.python()) {
                    case RUN -> python.start();
                    case RUN_DESPITE_FAILURES -> python.startDespiteFailures();
                    case INSPECT -> python.inspectPlugins();
                    case NONE -> {}
                }
            }
            var parts = new Parts(options, installation, duckdb, python);
            return new Engine(owned, project, catalog, parts, runners(project, catalog));
        } catch (RuntimeException | Error failure) {
            try (owned) { // a half-opened engine closes what it had
                throw failure;
            }
        }
    }

    /// The project this engine was opened for.
    public Project project() {
        return project;
    }

    /// The endpoints this engine runs.
    public Catalog catalog() {
        return catalog;
    }

    /// Runs a tool or resource: converts the arguments, runs the code, shapes and checks the
    /// result.
    ///
    /// @param raw arguments by parameter name
    /// @param source where they come from, which decides how they are read
    /// @param checkOutput whether to hold the result against `return`
    /// @throws CallRejected when the arguments do not fit
    /// @throws EndpointFailed when the code or its result fails
    /// @throws dev.mxcp.problem.MxcpException.CallCancelled when the call was cancelled
    /// @throws dev.mxcp.problem.MxcpException.Unavailable when no session or worker can be had
    public Result run(
            Endpoint endpoint,
            Map<String, ? extends @Nullable Object> raw,
            Arguments.Source source,
            CallContext call,
            boolean checkOutput) {
        Runner runner = runnerOf(endpoint);
        return watch.endpoint(
                endpoint,
                call,
                () -> {
                    SequencedMap<String, @Nullable Object> arguments =
                            watch.arguments(() -> runner.arguments().convert(raw, source));
                    Cursor from = from(endpoint, raw, arguments);
                    return watch.execution(
                            endpoint,
                            () -> ran(endpoint, runner, arguments, from, call, checkOutput));
                });
    }

    private static Cursor from(
            Endpoint endpoint,
            Map<String, ? extends @Nullable Object> raw,
            Map<String, @Nullable Object> arguments) {
        return endpoint.file().presentation().delivery().paginated()
                ? Cursor.read(raw.get(Delivery.CURSOR), arguments)
                : Cursor.START;
    }

    private Result ran(
            Endpoint endpoint,
            Runner runner,
            SequencedMap<String, @Nullable Object> arguments,
            Cursor from,
            CallContext call,
            boolean checkOutput) {
        return switch (endpoint.code()) {
            case Code.Sql(String text, _, _) ->
                    sql(runner, text, new Parameters.Named(arguments), from, call, checkOutput);
            case Code.SqlArgument(String parameter) -> {
                String text = String.valueOf(arguments.get(parameter));
                yield sql(runner, text, Parameters.none(), from, call, checkOutput);
            }
            case Code.Python _ -> {
                PythonRunner function = function(runner, endpoint);
                Workers running = workers(endpoint);
                yield watch.python(
                        endpoint.id(),
                        arguments.size(),
                        () -> function.run(running, arguments, from, call, checkOutput));
            }
            case null -> throw new IllegalArgumentException(endpoint.id() + " is a prompt");
        };
    }

    /// Renders the messages of a prompt.
    ///
    /// @throws CallRejected when the arguments do not fit
    /// @throws EndpointFailed when a template fails
    public List<RenderedMessage> render(
            Endpoint.Prompt prompt,
            Map<String, ? extends @Nullable Object> raw,
            Arguments.Source source,
            CallContext call) {
        return watch.endpoint(prompt, call, () -> rendered(prompt, raw, source, call));
    }

    private List<RenderedMessage> rendered(
            Endpoint.Prompt prompt,
            Map<String, ? extends @Nullable Object> raw,
            Arguments.Source source,
            CallContext call) {
        call.cancellation().check();
        SequencedMap<String, @Nullable Object> arguments =
                watch.arguments(() -> runnerOf(prompt).arguments().convert(raw, source));
        if (prompt.code() != null) {
            PythonRunner function = function(runnerOf(prompt), prompt);
            Workers running = workers(prompt);
            return watch.python(
                    prompt.id(),
                    arguments.size(),
                    () -> PromptResults.of(function.raw(running, arguments, call)));
        }
        var messages = new ArrayList<RenderedMessage>();
        for (Endpoint.PromptMessage message : prompt.messages()) {
            String text = prompts.render(message.template(), arguments);
            messages.add(new RenderedMessage(text, message.role(), message.type()));
        }
        return messages;
    }

    /// Suggests values of a parameter (M17).
    ///
    /// @param value what was typed so far
    /// @param known other arguments, as texts
    /// @return texts as the code gives them, best first
    /// @throws EndpointFailed when the code fails
    public List<String> suggestions(
            Endpoint endpoint,
            Completion completion,
            String value,
            Map<String, String> known,
            CallContext call) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        for (Parameter parameter : endpoint.parameters()) {
            arguments.put(parameter.name(), known.get(parameter.name()));
        }
        arguments.put("value", value);
        if (completion.code() instanceof Code.Sql(String text, _, _)) {
            // SQL need not care for every argument
            arguments.keySet().retainAll(duckdb.check(text).parameterNames());
            Result rows = queries.run(duckdb, text, new Parameters.Named(arguments), call, false);
            return Suggestions.of(Json.parse(rows.json().array(), 0, rows.json().size()));
        }
        if (completion.code() instanceof Code.Python(var file, _)) {
            var target =
                    new PythonTarget.ToolFunction(
                            file, Objects.requireNonNull(completion.function()));
            var given = new LinkedHashMap<String, @Nullable Object>();
            given.put("value", value);
            given.put("arguments", known);
            var runner = new PythonRunner(target, null, Delivery.WHOLE, null);
            return Suggestions.of(runner.raw(workers(endpoint), given, call));
        }
        throw new IllegalArgumentException("no code that suggests values");
    }

    /// Does something with a call and undoes whatever the call wrote to the database.
    ///
    /// @throws EndpointFailed when the call ended the transaction around it, so that nothing can be
    ///   undone
    public <T> T undone(CallContext call, Supplier<T> work) {
        try (Trial trial = duckdb.trial(call)) {
            T value = work.get();
            if (!trial.undoable()) {
                throw new EndpointFailed(
                        "The endpoint ended the transaction that was to be rolled back; what it wrote stays",
                        null);
            }
            return value;
        }
    }

    /// Runs any SQL text (`mxcp query`).
    ///
    /// @return a list of row objects
    /// @throws EndpointFailed with DuckDB's text
    public Result query(
            String sql, Map<String, ? extends @Nullable Object> parameters, CallContext call) {
        var values = new HashMap<String, @Nullable Object>(parameters);
        return watch.sql(
                sql,
                duckdb.readOnly(),
                () -> queries.run(duckdb, sql, new Parameters.Named(values), call, true));
    }

    /// Looks at the SQL text of an endpoint without running any of it (V8-V10): binds it with
    /// values of the declared types.
    public Prepared prepared(String sql, List<Parameter> parameters) {
        return duckdb.check(sql, Samples.of(parameters));
    }

    /// Looks at the grammar of an SQL text only, whatever tables there are.
    public Prepared parsed(String sql) {
        return duckdb.parse(sql);
    }

    /// Compares the columns of an endpoint's SQL with its `return`; finds nothing where one of them
    /// is not known.
    public List<ReturnMismatch> mismatches(Endpoint endpoint, Prepared prepared) {
        TypeDef returns = endpoint.returns();
        List<Column> columns = prepared.columns();
        return returns == null || columns == null || columns.isEmpty()
                ? List.of()
                : ReturnCheck.of(returns, columns);
    }

    /// The tables and views that a text of SQL names, without schema, as they are written; runs
    /// nothing. Of a statement that DuckDB cannot look at there are none.
    public SequencedSet<String> tablesNamedIn(String sql) {
        return duckdb.tableNames(sql);
    }

    /// Whether calls of an endpoint surely change nothing, so that others may run beside them: by
    /// its SQL, or because its author says so. Plugins' functions may do anything.
    public boolean onlyReads(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Tool tool
                && Boolean.TRUE.equals(tool.toolAnnotations().readOnlyHint())) {
            return true;
        }
        return switch (endpoint.code()) {
            case null -> true;
            case Code.Sql(String text, _, _) ->
                    project.site().plugins().isEmpty() && SqlText.of(text).onlyReads();
            case Code.SqlArgument _, Code.Python _ -> false;
        };
    }

    /// Whether the database has no table yet and the project has init hooks that have not run: then
    /// a missing table says nothing about the SQL that reads it.
    public boolean hooksMayCreateTables() {
        return python != null && python.workers() == null && tables() == 0;
    }

    private int tables() {
        var asking =
                new CallContext(
                        "validation",
                        Caller.ANONYMOUS,
                        CallContext.INTERNAL,
                        null,
                        new Cancellation(),
                        ClientMessages.NONE);
        try (Session session = duckdb.borrow(asking)) {
            return session.query(
                            "SELECT table_name FROM duckdb_tables() UNION ALL"
                                    + " SELECT view_name FROM duckdb_views() WHERE NOT internal LIMIT 1",
                            Parameters.none(),
                            ValueRows.ALL)
                    .size();
        }
    }

    /// Looks at Python functions without calling them: the file must be importable, the function
    /// there, its signature able to take the parameters. Hooks do not run for it.
    ///
    /// @return what is wrong, by endpoint; sound ones are absent
    public Map<Endpoint, Problem> inspect(List<Endpoint> endpoints) {
        Map<InspectedFunction, Endpoint> functions = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints) {
            PythonTarget target = target(endpoint);
            if (target != null) {
                List<String> names = endpoint.parameters().stream().map(Parameter::name).toList();
                functions.put(new InspectedFunction(target, names), endpoint);
            }
        }
        Map<Endpoint, Problem> problems = new LinkedHashMap<>();
        if (python != null && !functions.isEmpty()) {
            for (FunctionProblem found : python.inspect(List.copyOf(functions.keySet()))) {
                Endpoint endpoint = functions.get(found.function());
                if (endpoint != null) {
                    problems.putIfAbsent(endpoint, found.problem());
                }
            }
        }
        return problems;
    }

    /// This engine with other endpoints; closing either closes both.
    public Engine serving(Catalog served) {
        return new Engine(owned, project, served, parts, runners(project, served));
    }

    /// Who is asked when user code calls `reload_duckdb`; nobody at first.
    public void onReload(ReloadRequests asked) {
        if (python != null) {
            python.onReload(asked);
        }
    }

    /// Starts workers for the next generation ahead, beside those that run, if Python files of the
    /// project, its requirements or its interpreter have changed since those started.
    ///
    /// @return empty if the running workers will do, or are still needed
    /// @throws dev.mxcp.problem.MxcpException when they do not start, or cannot import what the
    ///   running ones could
    public Optional<FreshPython> warm(Project next, Catalog served) {
        return python == null
                ? Optional.empty()
                : python.warm(
                                PythonSide.config(
                                        next, served, parts.options(), parts.installation()))
                        .map(FreshPython::new);
    }

    /// Ends this generation for a reload: runs the shutdown hooks, then closes the database, so
    /// that other processes can open the file. Calls must have ended before. This engine is of no
    /// use afterwards.
    public DormantEngine pause() {
        if (python != null) {
            python.pause();
        }
        duckdb.close();
        gauges.close();
        long end = System.nanoTime() + RELEASE_NANOS;
        while (!duckdb.released() && System.nanoTime() < end && !Thread.interrupted()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        if (!duckdb.released()) {
            LOG.error("a query that cannot be interrupted still holds the database file");
        }
        owned.disown();
        return new DormantEngine(
                project, catalog, parts.options(), parts.installation(), duckdb, python);
    }

    /// Runs shutdown hooks, ends the workers, closes the database. Calls must have ended before.
    @Override
    public void close() {
        gauges.close();
        owned.close();
    }

    private static PythonRunner function(Runner runner, Endpoint endpoint) {
        if (runner.function() == null) {
            throw new IllegalStateException(endpoint.id() + " is no Python");
        }
        return runner.function();
    }

    private Workers workers(Endpoint endpoint) {
        Workers workers = python == null ? null : python.workers();
        if (workers == null) {
            throw new IllegalStateException("no Python worker was started for " + endpoint.id());
        }
        return workers;
    }

    private Result sql(
            Runner runner,
            String text,
            Parameters parameters,
            Cursor from,
            CallContext call,
            boolean checkOutput) {
        return watch.sql(
                text,
                duckdb.readOnly(),
                () -> sql(runner).run(duckdb, text, parameters, from, call, checkOutput));
    }

    private Runner runnerOf(Endpoint endpoint) {
        Runner runner = runners.get(key(endpoint));
        if (runner == null) {
            throw new CallRejected("Unknown " + endpoint.kind().yamlName() + ": " + endpoint.id());
        }
        return runner;
    }

    private static Runner runner(Endpoint endpoint, long maxBytes) {
        PythonTarget target = target(endpoint);
        boolean runsSql = target == null && endpoint.code() != null;
        Delivery delivery = endpoint.file().presentation().delivery();
        TypeDef returns = endpoint.returns();
        Media media = Media.of(endpoint);
        return new Runner(
                Arguments.of(endpoint.parameters()),
                runsSql ? new SqlRunner(returns, maxBytes, delivery, media) : null,
                target == null ? null : new PythonRunner(target, returns, delivery, media));
    }

    private static SqlRunner sql(Runner runner) {
        if (runner.sql() == null) {
            throw new IllegalStateException("not an SQL endpoint");
        }
        return runner.sql();
    }

    /// The function an endpoint runs, or null where it runs none.
    private static @Nullable PythonTarget target(Endpoint endpoint) {
        if (!(endpoint.code() instanceof Code.Python(var file, _))) {
            return null;
        }
        return endpoint instanceof Endpoint.Resource resource
                ? new PythonTarget.ResourceFunction(file, resource.name())
                : new PythonTarget.ToolFunction(file, endpoint.id());
    }

    private static String key(Endpoint endpoint) {
        return endpoint.kind() + " " + endpoint.id();
    }
}
