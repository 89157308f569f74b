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
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean closed = new AtomicBoolean();

    private DuckDb(NativeThreads threads, Instance instance, SessionPool pool, OpenFile file) {
        this.threads = threads;
        this.instance = instance;
        this.pool = pool;
        this.file = file;
    }

    /// How to open a database.
    ///
    /// @param file the database; a path named `:memory:` for one that is nowhere
    /// @param readOnly DuckDB refuses writes; a missing file is created empty first (X5)
    /// @param extensions loaded in this order (Q8)
    /// @param secrets become temporary secrets (K2)
    /// @param maxSessions sessions lent at once
    /// @param sessionWait how long a call waits for one
    /// @param fileSearchPath where relative paths in SQL lead to: the project's folder
    /// @param nativeCache folder into which DuckDB's library is unpacked, its own for each version
    public record Config(
            Path file,
            boolean readOnly,
            List<Extension> extensions,
            List<Secret> secrets,
            int maxSessions,
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
            var pool =
                    new SessionPool(instance, threads, config.maxSessions(), config.sessionWait());
            return new DuckDb(threads, instance, pool, OpenFile.of(config.file()));
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

    /// Looks at a text of SQL without running any of it.
    public Prepared check(String sql) {
        Connection connection = pool.connectionWithCaller();
        try {
            return threads.call(() -> {
                connection.provideCaller(null);
                return new StaticCheck(connection, SqlText.of(sql), NOBODY).run();
            });
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
