package dev.mxcp.engine.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mxcp.problem.MxcpException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The functions of ours that SQL of one database can call. DuckDB calls back on its own threads,
/// which know nothing of the call that a statement belongs to: they know the number of its
/// connection, and that leads to the call. Functions live in the catalog of the process, never in
/// the file. Thread-safe; owned by [Instance].
final class Functions {
    private static final Logger LOG = LoggerFactory.getLogger(Functions.class);
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final CApi api;
    private final Map<Long, Connection> connections = new ConcurrentHashMap<>();
    private final Map<Long, Defined> defined = new ConcurrentHashMap<>();
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private @Nullable Callbacks callbacks;

    /// A function with its types read.
    private record Defined(ScalarFunction function, List<DuckType> parameters, DuckType returns) {}

    /// What DuckDB calls. Lives as long as the database: DuckDB may call until that is closed.
    private record Callbacks(Arena arena, MemorySegment init, MemorySegment execute) {}

    Functions(CApi api) {
        this.api = api;
    }

    /// Statements of this connection may call functions from now on.
    void add(Connection connection) {
        connections.put(connection.number(), connection);
    }

    void remove(Connection connection) {
        connections.remove(connection.number());
    }

    /// Makes a function known to SQL; one that has the signature of an earlier one takes its place.
    ///
    /// @throws DuckDbException when a type is none, or the name is taken
    synchronized void define(Connection connection, ScalarFunction function) {
        Long known = numbers.get(function.signature() + function.returns());
        if (known != null) {
            defined.computeIfPresent(
                    known, (_, old) -> new Defined(function, old.parameters(), old.returns()));
            return;
        }
        refuseTaken(connection, function);
        var types = new ArrayList<String>(function.parameters());
        types.add(function.returns());
        var columns = new StringBuilder("SELECT ");
        types.forEach(type -> columns.append("NULL::").append(type).append(", "));
        try (var prepared = PreparedStatement.of(api, connection.handle(), columns.toString())) {
            List<DuckType> read = prepared.columns().stream().map(Column::type).toList();
            long number = lastNumber.incrementAndGet();
            var made = new Defined(function, read.subList(0, read.size() - 1), read.getLast());
            defined.put(number, made);
            register(connection, prepared, function, number);
            numbers.put(function.signature() + function.returns(), number);
        }
    }

    /// DuckDB would take it as one more form of the function that it has.
    private void refuseTaken(Connection connection, ScalarFunction function) {
        String name = function.name();
        boolean ours =
                defined.values().stream()
                        .anyMatch(known -> known.function().name().equalsIgnoreCase(name));
        String others =
                "SELECT 1 FROM duckdb_functions() WHERE lower(function_name) = lower("
                        + SqlNames.literal(name)
                        + ") LIMIT 1";
        if (!ours && connection.query(others, QueryResult::nextChunk)) {
            throw DuckDbException.of(
                    DuckDbException.Kind.CATALOG, "there is a SQL function " + name + " already");
        }
    }

    private void register(
            Connection connection, PreparedStatement types, ScalarFunction function, long number) {
        FunctionCalls calls = api.functions();
        Callbacks back = callbacks();
        long made = calls.createScalarFunction(0);
        try (var arena = Arena.ofConfined()) {
            try {
                calls.setName(made, arena.allocateFrom(function.name()));
                int count = function.parameters().size();
                for (int index = 0; index < count; index++) {
                    long type = types.columnType(index);
                    calls.addParameter(made, type);
                    api.destroyType(type);
                }
                long type = types.columnType(count);
                calls.setReturnType(made, type);
                api.destroyType(type);
                calls.setSpecialHandling(made);
                calls.setVolatile(made);
                calls.setExtraInfo(made, number);
                calls.setInit(made, back.init());
                calls.setFunction(made, back.execute());
                if (!calls.registerScalarFunction(connection.handle(), made)) {
                    throw DuckDbException.of(
                            DuckDbException.Kind.CATALOG,
                            "the SQL function "
                                    + function.signature()
                                    + " cannot be defined: its name may be taken");
                }
            } finally {
                calls.destroyScalarFunction(CApi.handle(arena, made));
            }
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // close() does, after DuckDB's last call
    private Callbacks callbacks() {
        Callbacks made = callbacks;
        if (made == null) {
            Arena arena = Arena.ofShared();
            made =
                    new Callbacks(
                            arena,
                            stub("init", arena, JAVA_LONG),
                            stub("execute", arena, JAVA_LONG, JAVA_LONG, JAVA_LONG));
            callbacks = made;
        }
        return made;
    }

    @SuppressWarnings("restricted") // a wrong shape would crash: each is checked by a test
    private MemorySegment stub(String method, Arena arena, MemoryLayout... arguments) {
        var descriptor = FunctionDescriptor.ofVoid(arguments);
        MethodType type = descriptor.toMethodType();
        try {
            MethodHandle handle = LOOKUP.findVirtual(Functions.class, method, type).bindTo(this);
            return Linker.nativeLinker().upcallStub(handle, descriptor, arena);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // ---- called by DuckDB: nothing may be thrown from here

    /// Before a thread calls a function in a statement for the first time.
    @SuppressWarnings("UnusedMethod") // DuckDB uses it
    private void init(long info) {
        long number = 0;
        try (var arena = Arena.ofConfined()) {
            MemorySegment context = Memory.word(arena);
            api.functions().initGetClientContext(info, context);
            number = 1 + api.databases().clientContextGetConnectionId(Memory.read(context));
            api.databases().destroyClientContext(context);
        } catch (Throwable failure) {
            LOG.error("a statement that calls a function could not be told", failure);
        }
        api.functions().initSetState(info, number);
    }

    @SuppressWarnings("UnusedMethod") // DuckDB uses it
    private void execute(long info, long chunk, long output) {
        String error;
        try {
            error = executed(info, chunk, output);
        } catch (Throwable failure) {
            LOG.error("a function called by SQL failed", failure);
            error = "internal error in the server";
        }
        if (error != null) {
            try (var arena = Arena.ofConfined()) {
                api.functions().setError(info, arena.allocateFrom(error.replace('\0', ' ')));
            }
        }
    }

    private @Nullable String executed(long info, long chunk, long output) {
        Connection connection = connections.get(api.functions().getState(info) - 1);
        Defined called = defined.get(api.functions().getExtraInfo(info));
        RunningStatement statement = connection == null ? null : connection.running();
        if (called == null || statement == null) {
            return "functions of the server can only be called in statements that it runs";
        }
        if (!statement.mayCall()) {
            return "functions are not called while a statement is only looked at";
        }
        long rows = api.results().dataChunkGetSize(chunk);
        String call = statement.call().id();
        try {
            statement.call().cancellation().check();
            call(called, statement, new Chunk(chunk, rows), output);
            return null;
        } catch (MxcpException | DuckDbException failure) {
            return String.valueOf(failure.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("SQL function {} failed; call {}", called.function().name(), call, bug);
            return "internal error in the server, call " + call;
        }
    }

    private record Chunk(long pointer, long rows) {}

    private void call(Defined called, RunningStatement statement, Chunk chunk, long output) {
        int count = called.parameters().size();
        boolean constant = chunk.rows() > 1 && isUniform(called, statement, chunk);
        var batch = new FunctionBatch(statement.call(), statement.kept(), constant);
        List<Vector> vectors = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            vectors.add(vector(batch, called.parameters().get(index), chunk, index));
        }
        int rows = constant ? 1 : (int) chunk.rows();
        batch.fill(vectors, rows);
        try (var result = new VectorWriter(api, called.returns(), output, chunk.rows())) {
            called.function().body().call(batch, result);
            result.finish();
            if (constant) {
                result.repeatFirst(chunk.rows());
            }
        } finally {
            batch.end();
        }
    }

    private boolean isUniform(Defined called, RunningStatement statement, Chunk chunk) {
        var all = new FunctionBatch(statement.call(), statement.kept(), false);
        for (int index = 0; index < called.parameters().size(); index++) {
            if (!vector(all, called.parameters().get(index), chunk, index).isUniform()) {
                return false;
            }
        }
        return true;
    }

    private Vector vector(Vector.Owner owner, DuckType type, Chunk chunk, int index) {
        var vector = new Vector(owner, type);
        long pointer = api.results().dataChunkGetVector(chunk.pointer(), index);
        vector.point(api.results(), pointer, chunk.rows());
        return vector;
    }

    /// Forgets the functions, after the database was closed.
    void close() {
        Callbacks made = callbacks;
        if (made == null) {
            return;
        }
        if (connections.isEmpty()) {
            made.arena().close();
        } else {
            // a statement did not end in time: DuckDB lives on and may call once more
            LOG.warn("{} connections are still open; functions stay", connections.size());
        }
        callbacks = null;
    }
}
