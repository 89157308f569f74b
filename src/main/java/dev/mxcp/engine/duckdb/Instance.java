package dev.mxcp.engine.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One open database of DuckDB: the native object, and what all its connections share. Used on the
/// threads of [NativeThreads] only; owned by [DuckDb], which closes it after all connections.
final class Instance implements AutoCloseable {
    static final String IN_MEMORY = ":memory:";

    private final CApi api;
    private final Path fileSearchPath;
    private final AtomicLong schemaVersion = new AtomicLong();
    private final OutsideViews views = new OutsideViews();
    private final String name;
    private final Functions functions;
    private long pointer;
    private @Nullable Connection exporter; // guarded by this
    private long losslessArrow; // guarded by this

    private Instance(CApi api, String name, Path fileSearchPath, long pointer) {
        this.api = api;
        this.name = name;
        this.fileSearchPath = fileSearchPath;
        this.functions = new Functions(api);
        this.pointer = pointer;
    }

    /// Opens the file, creating it and its folders where they are missing (X5, R7.1).
    ///
    /// @throws DuckDbException with DuckDB's text when it cannot be opened
    static Instance open(CApi api, Path file, boolean readOnly, Path fileSearchPath) {
        if (file.toString().equals(IN_MEMORY)) {
            return new Instance(api, "memory", fileSearchPath, openFile(api, IN_MEMORY, false));
        }
        Path absolute = file.toAbsolutePath();
        createFolder(absolute);
        if (readOnly && Files.notExists(absolute)) {
            new Instance(api, "", fileSearchPath, openFile(api, absolute.toString(), false))
                    .close();
        }
        String name = String.valueOf(absolute.getFileName()).replaceFirst("\\..*", "");
        return new Instance(
                api, name, fileSearchPath, openFile(api, absolute.toString(), readOnly));
    }

    private static void createFolder(Path file) {
        Path folder = file.getParent();
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException failure) {
                throw new UncheckedIOException(
                        "the folder of the database cannot be created: " + folder, failure);
            }
        }
    }

    private static long openFile(CApi api, String path, boolean readOnly) {
        DatabaseCalls calls = api.databases();
        try (var arena = Arena.ofConfined()) {
            MemorySegment config = Memory.word(arena);
            MemorySegment database = Memory.word(arena);
            MemorySegment error = Memory.word(arena);
            calls.createConfig(config);
            try {
                set(calls, config, arena, "access_mode", readOnly ? "READ_ONLY" : "READ_WRITE");
                set(calls, config, arena, "duckdb_api", "mxcp");
                boolean good =
                        calls.openExt(
                                arena.allocateFrom(path), database, Memory.read(config), error);
                if (!good) {
                    throw DuckDbException.of(api.taken(Memory.read(error)));
                }
                return Memory.read(database);
            } finally {
                calls.destroyConfig(config);
            }
        }
    }

    private static void set(
            DatabaseCalls calls, MemorySegment config, Arena arena, String name, String value) {
        boolean good =
                calls.setConfig(
                        Memory.read(config), arena.allocateFrom(name), arena.allocateFrom(value));
        if (!good) {
            throw new IllegalStateException("DuckDB has no setting " + name);
        }
    }

    CApi api() {
        return api;
    }

    /// What the database calls itself.
    String name() {
        return name;
    }

    /// Options with which Arrow data keep every type of DuckDB, so that another DuckDB can read
    /// them back. They are those of a connection, which therefore stays open.
    synchronized long losslessArrow() {
        if (exporter == null) {
            Connection connection = connect();
            connection.execute("SET arrow_lossless_conversion = true");
            losslessArrow = api.arrow().connectionGetArrowOptions(connection.handle());
            // the setting is everybody's
            connection.execute("RESET arrow_lossless_conversion");
            exporter = connection;
        }
        return losslessArrow;
    }

    /// The functions of ours that SQL can call.
    Functions functions() {
        return functions;
    }

    /// Opens a connection that finds files of the project by their relative paths.
    Connection connect() {
        if (pointer == 0) {
            throw new IllegalStateException("the database is closed");
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = Memory.word(arena);
            if (!api.databases().connect(pointer, out)) {
                throw DuckDbException.of("Connection Error: the database takes no connection");
            }
            var connection = new Connection(this, Memory.read(out));
            functions.add(connection);
            connection.execute(
                    "SET file_search_path = " + SqlNames.literal(fileSearchPath.toString()));
            return connection;
        }
    }

    /// Counts changes of the schema: plans made before one may be wrong.
    long schemaVersion() {
        return schemaVersion.get();
    }

    void schemaChanged() {
        schemaVersion.incrementAndGet();
    }

    /// Whether a text reads files or other systems, itself or through a view. Its plan is then made
    /// anew each time, because a plan remembers which files there were.
    boolean readsOutside(Connection connection, SqlText text) {
        return text.readsOutside() || text.mentions(views.names(connection, schemaVersion()));
    }

    /// Closes the database, which writes its log into the file. All connections must be closed.
    @Override
    public synchronized void close() {
        if (exporter != null) {
            api.arrow().destroyArrowOptions(losslessArrow);
            exporter.close();
            exporter = null;
        }
        if (pointer != 0) {
            try (var arena = Arena.ofConfined()) {
                api.databases().close(CApi.handle(arena, pointer));
            }
            pointer = 0;
            functions.close();
        }
    }

    /// The version of DuckDB.
    String version() {
        return api.databases().libraryVersion(0);
    }

    /// Secret types that DuckDB knows as it stands.
    static List<String> secretTypes(Connection connection) {
        return connection.query(
                "SELECT type FROM duckdb_secret_types()",
                result ->
                        ValueRows.ALL.read(result).stream()
                                .map(row -> String.valueOf(row.get("type")))
                                .toList());
    }
}
