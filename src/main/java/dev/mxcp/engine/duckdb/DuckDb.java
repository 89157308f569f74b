package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Secret;
import dev.mxcp.project.SiteConfig.Extension;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One open database, and the only door to DuckDB. Thread-safe; owned by the engine, which closes
/// it.
public final class DuckDb implements AutoCloseable {
    private static final Pattern HOLDER = Pattern.compile("held in (.+?) \\(PID (\\d+)\\)");

    /// Who looks at texts.
    private static final CallContext NOBODY =
            new CallContext(
                    "check",
                    Caller.ANONYMOUS,
                    CallContext.INTERNAL,
                    null,
                    new Cancellation(),
                    ClientMessages.NONE);

    private final NativeThreads threads;
    private final Instance instance;
    private final SessionPool pool;
    private final OpenFile file;
    private final boolean readOnly;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DuckDb(
            NativeThreads threads,
            Instance instance,
            SessionPool pool,
            OpenFile file,
            boolean readOnly) {
        this.threads = threads;
        this.instance = instance;
        this.pool = pool;
        this.file = file;
        this.readOnly = readOnly;
    }

    /// How to open a database.
    ///
    /// @param file the database; a path named `:memory:` for one that is nowhere
    /// @param readOnly DuckDB refuses writes; a missing file is created empty first (X5)
    /// @param extensions loaded in this order (Q8)
    /// @param secrets become temporary secrets (K2)
    /// @param maxSessions sessions lent at once
    /// @param clientSessions of them, to calls of the same client session
    /// @param sessionWait how long a call waits for one
    /// @param fileSearchPath where relative paths in SQL lead to: the project's folder
    /// @param nativeCache folder into which DuckDB's library is unpacked, its own for each version
    public record Config(
            Path file,
            boolean readOnly,
            List<Extension> extensions,
            List<Secret> secrets,
            int maxSessions,
            int clientSessions,
            Duration sessionWait,
            Path fileSearchPath,
            Path nativeCache) {
        public Config {
            extensions = List.copyOf(extensions);
            secrets = List.copyOf(secrets);
        }
    }

    /// Opens a database; missing folders are made.
    ///
    /// @throws Unavailable when another process holds the file; says which
    /// @throws InvalidProject when the file cannot be opened, or an extension cannot be loaded
    public static DuckDb open(Config config) {
        SymbolLookup library = NativeLibrary.load(config.nativeCache());
        int cores = Runtime.getRuntime().availableProcessors();
        var threads = new NativeThreads(Math.max(4, 2 * cores), 2 * config.maxSessions());
        try {
            Instance instance = threads.call(() -> openInstance(CApi.of(library), config));
            var limits =
                    new SessionPool.Limits(
                            config.maxSessions(), config.clientSessions(), config.sessionWait());
            return new DuckDb(
                    threads,
                    instance,
                    new SessionPool(instance, threads, limits),
                    OpenFile.of(config.file()),
                    config.readOnly());
        } catch (RuntimeException | Error failure) {
            threads.close();
            throw failure;
        }
    }

    /// Lends a session to a call, waiting for one if all are lent. A call that has a session
    /// already gets a further one without waiting.
    ///
    /// @throws Unavailable when none became free in time
    public Session borrow(CallContext call) {
        return pool.borrow(call);
    }

    /// Begins a transaction around all that a call will do, to be undone at its end.
    ///
    /// @throws Unavailable when no session became free in time
    public Trial trial(CallContext call) {
        return Trial.begin(pool, call);
    }

    /// Looks at a text of SQL without running any of it.
    public Prepared check(String sql) {
        return check(sql, SampleValues.NONE);
    }

    /// Looks at a text of SQL without running any of it, but binds it with values of the types that
    /// calls will bind.
    public Prepared check(String sql, SampleValues samples) {
        return look(sql, samples, StaticCheck::run);
    }

    /// Looks at the grammar of a text of SQL, whatever tables there are.
    public Prepared parse(String sql) {
        return look(sql, SampleValues.NONE, StaticCheck::parseOnly);
    }

    private Prepared look(
            String sql, SampleValues samples, Function<StaticCheck, Prepared> looking) {
        Connection connection = pool.connectionWithCaller();
        try {
            return threads.call(() -> {
                connection.provideCaller(null);
                return looking.apply(new StaticCheck(connection, SqlText.of(sql), samples, NOBODY));
            });
        } finally {
            pool.keep(connection);
        }
    }

    /// The tables and views that a text of SQL names, without schema, as they are written.
    public SequencedSet<String> tableNames(String sql) {
        Connection connection = pool.connection();
        try {
            return threads.call(() -> TableNames.of(connection, SqlText.of(sql)));
        } finally {
            pool.keep(connection);
        }
    }

    /// Makes a function callable in SQL, for as long as the database is open; it is not stored in
    /// the file. One with the name and types of an earlier one replaces that.
    ///
    /// @throws DuckDbException when a type is none, or the name is taken
    public void define(ScalarFunction function) {
        var body = pool.whileOccupied(function.body());
        var guarded =
                new ScalarFunction(
                        function.name(), function.parameters(), function.returns(), body);
        Connection connection = pool.connection();
        try {
            threads.call(() -> {
                instance.functions().define(connection, guarded);
                return true;
            });
        } finally {
            pool.keep(connection);
        }
    }

    /// How many sessions are lent at the moment.
    public int sessions() {
        return pool.lent();
    }

    /// How many calls wait for a session.
    public int sessionsWaiting() {
        return pool.waiting();
    }

    /// Whether it was opened read-only.
    public boolean readOnly() {
        return readOnly;
    }

    /// DuckDB's version: `v2.0.0`.
    public String version() {
        return threads.call(instance::version);
    }

    /// Whether the file is free after [#close]: a statement that cannot be interrupted holds it
    /// until it ends.
    public boolean released() {
        return closed.get() && !file.held();
    }

    /// Ends what runs, takes back all sessions and closes the file: afterwards other processes can
    /// open it. A file that was put in its place meanwhile stays as it is (R4.8).
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        pool.close();
        threads.call(() -> {
            file.close(instance::close);
            return true;
        });
        threads.close();
    }

    private static Instance openInstance(CApi api, Config config) {
        Instance instance;
        try {
            instance =
                    Instance.open(api, config.file(), config.readOnly(), config.fileSearchPath());
        } catch (DuckDbException failure) {
            throw notOpened(config.file(), failure);
        }
        try (Connection connection = instance.connect()) {
            Extensions.load(connection, config.extensions());
            Secrets.create(connection, config.secrets());
            return instance;
        } catch (RuntimeException | Error failure) {
            instance.close();
            throw failure;
        }
    }

    private static RuntimeException notOpened(Path file, DuckDbException failure) {
        String text = String.valueOf(failure.getMessage());
        if (!text.contains("Could not set lock")) {
            return new InvalidProject(
                    Problem.of("the database %s cannot be opened: %s".formatted(file, text), null));
        }
        Matcher holder = HOLDER.matcher(text);
        String who =
                holder.find()
                        ? "process %s (%s)".formatted(holder.group(2), holder.group(1))
                        : "another process";
        return new Unavailable(
                "The database %s is in use by %s. %s".formatted(file, who, text), failure);
    }
}
