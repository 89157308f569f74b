package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.CallContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One native connection with its prepared statements. At most one thread of [NativeThreads] uses
/// it at a time; only [#interrupt()] may come from anywhere.
final class Connection implements AutoCloseable {
    private final CApi api;
    private final Instance instance;
    private final PreparedCache cache = new PreparedCache();
    private final SessionState state = new SessionState();
    private final Object handleLock = new Object();
    private final long number;
    private long pointer;
    private boolean callerFunctions;
    private @Nullable PreparedStatement setCaller;
    private @Nullable CallContext callerOf;
    private @Nullable Parameters callerValues;
    private @Nullable OpenResult unfinished;
    private boolean readOnly;
    private volatile @Nullable RunningStatement running;

    Connection(Instance instance, long pointer) {
        this.api = instance.api();
        this.instance = instance;
        this.pointer = pointer;
        this.number = number(api, pointer);
    }

    private static long number(CApi api, long pointer) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment context = Memory.word(arena);
            api.databases().connectionGetClientContext(pointer, context);
            long number = api.databases().clientContextGetConnectionId(Memory.read(context));
            api.databases().destroyClientContext(context);
            return number;
        }
    }

    /// DuckDB's number of the connection.
    long number() {
        return number;
    }

    /// What runs here for a call, or null.
    @Nullable RunningStatement running() {
        return running;
    }

    /// Does work for a statement, whose functions find their call meanwhile.
    <T extends @Nullable Object> T running(RunningStatement statement, NativeThreads.Work<T> work) {
        running = statement;
        try {
            return work.run();
        } finally {
            running = null;
        }
    }

    SessionState state() {
        return state;
    }

    /// Whether the functions about the caller exist here.
    boolean hasCallerFunctions() {
        return callerFunctions;
    }

    /// Whether values of a call are still set.
    boolean knowsCaller() {
        return callerValues != null && !callerValues.equals(CallerFunctions.noValues());
    }

    /// Tells the running statement to end. Without one, nothing happens.
    void interrupt() {
        synchronized (handleLock) {
            if (pointer != 0) {
                api.databases().interrupt(pointer);
            }
        }
    }

    /// Runs all statements of a text; the reader sees the result of the last one.
    <T extends @Nullable Object> T run(
            KnownText known,
            Parameters parameters,
            ResultReader<T> reader,
            Stop stop,
            CallContext call) {
        SqlText text = known.text();
        Assignment values = Assignment.of(text.parameterNames(), parameters);
        if (callerFunctions || known.needsCaller()) {
            provideCaller(call);
        }
        boolean begun = state.inTransaction();
        try {
            var statement = new RunningStatement(call, true);
            var run = new TextRun(this, known, values, stop, statement);
            return running(statement, () -> run.run(reader));
        } catch (RuntimeException failure) {
            if (!begun && state.inTransaction()) {
                rollBack(failure);
            }
            throw failure;
        }
    }

    /// A text that began a transaction and failed leaves nothing open (R3.6.4).
    private void rollBack(RuntimeException failure) {
        try {
            execute("ROLLBACK");
        } catch (DuckDbException noLongerOpen) {
            failure.addSuppressed(noLongerOpen);
        }
        state.transactionEnded();
    }

    /// Runs one statement of our own and forgets its result.
    void execute(String sql) {
        try (PreparedStatement statement = PreparedStatement.of(api, handle(), sql)) {
            execute(statement, Connection::nothing, new Stop(() -> {}));
        }
    }

    /// Reads the result of one statement of our own.
    <T extends @Nullable Object> T query(String sql, ResultReader<T> reader) {
        try (PreparedStatement statement = PreparedStatement.of(api, handle(), sql)) {
            return execute(statement, reader, new Stop(() -> {}));
        }
    }

    /// Defines the functions about the caller, and sets their values for a call or, without one, to
    /// NULL.
    void provideCaller(@Nullable CallContext call) {
        if (!callerFunctions) {
            CallerFunctions.definitions().forEach(this::execute);
            callerFunctions = true;
            callerValues = null;
            state.functionsDefined();
        } else if (call != null && call.equals(callerOf)) {
            return;
        }
        Parameters values =
                call == null ? CallerFunctions.noValues() : CallerFunctions.values(call);
        if (!values.equals(callerValues)) {
            setCaller(values);
            callerValues = values;
        }
        callerOf = call;
    }

    /// The functions turned out not to exist: a transaction that defined them was rolled back.
    void redefineCaller(CallContext call) {
        callerFunctions = false;
        provideCaller(call);
    }

    /// Takes back what [#provideCaller(CallContext)] set.
    void forgetCaller() {
        if (knowsCaller()) {
            execute(CallerFunctions.resetStatement());
            callerValues = null;
        }
        callerOf = null;
    }

    private void setCaller(Parameters values) {
        PreparedStatement set = setCaller;
        if (set == null) {
            set = PreparedStatement.of(api, handle(), CallerFunctions.setStatement());
            setCaller = set;
        }
        set.bind(Assignment.of(set.parameterNames(), values));
        execute(set, Connection::nothing, new Stop(() -> {}));
        set.clear();
    }

    /// Whether the statements that follow may change the database.
    void readOnly(boolean now) {
        readOnly = now;
    }

    /// @throws DuckDbException when a statement would change the database and must not
    void refuseWrite(StatementType type, SqlText.Statement statement) {
        if (readOnly && SessionState.writes(type, statement)) {
            throw DuckDbException.of(
                    DuckDbException.Kind.INVALID_INPUT,
                    "Cannot execute statement of type \"%s\" on database \"%s\" which is attached in read-only mode!"
                            .formatted(
                                    statement.keyword().toUpperCase(Locale.ROOT), instance.name()));
        }
    }

    /// Whether a result is being read piece by piece.
    boolean hasUnfinished() {
        return unfinished != null;
    }

    /// What is not yet read of an open result is lost: DuckDB runs one statement at a time.
    void cutOff() {
        if (unfinished != null) {
            unfinished.cutOff();
            unfinished = null;
        }
    }

    /// Executes a prepared statement to its end, or, for an [OpenReader], as far as it is read.
    <T extends @Nullable Object> T execute(
            PreparedStatement statement, ResultReader<T> reader, Stop stop) {
        cutOff();
        if (reader instanceof OpenReader<T> opener) {
            return open(statement, opener, stop);
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(NativeFunction.RESULT);
            start(statement, result, arena, stop);
            var open = new QueryResult(api, result, this::zone);
            try {
                T value = reader.read(open);
                if (statement.type() != StatementType.SELECT) {
                    drain(open);
                }
                return value;
            } finally {
                open.close();
                api.results().destroyResult(result);
            }
        }
    }

    private <T extends @Nullable Object> T open(
            PreparedStatement statement, OpenReader<T> reader, Stop stop) {
        // it lives as long as somebody reads, on whichever thread
        MemorySegment result = Arena.ofAuto().allocate(NativeFunction.RESULT);
        try (var arena = Arena.ofConfined()) {
            start(statement, result, arena, stop);
        }
        var open = new OpenResult(api, result, this::zone, statement.type().counts());
        try {
            if (statement.type() != StatementType.SELECT) {
                open.readAll();
            }
            T value = reader.opened(open);
            if (open.running()) {
                unfinished = open;
            }
            return value;
        } catch (RuntimeException | Error failure) {
            open.close();
            throw failure;
        }
    }

    /// Reads a result to its end, so that the statement has all its effects.
    static void drain(QueryResult result) {
        while (result.nextChunk()) {
            // nobody wants these rows
        }
    }

    private static boolean nothing(QueryResult result) {
        drain(result);
        return true;
    }

    /// What a single statement would give, without running it.
    BoundStatement bind(String sql) {
        cutOff();
        try (PreparedStatement statement = PreparedStatement.of(api, handle(), sql)) {
            return new BoundStatement(
                    statement.type() == StatementType.SELECT,
                    !statement.parameterNames().isEmpty(),
                    statement.namedColumns());
        }
    }

    /// The tables that a text reads.
    List<String> tableNames(String sql, boolean qualified) {
        cutOff();
        try (var arena = Arena.ofConfined()) {
            long names = api.arrow().getTableNames(handle(), arena.allocateFrom(sql), qualified);
            if (names == 0) {
                throw DuckDbException.of(DuckDbException.Kind.PARSER, "the text does not parse");
            }
            try {
                var found = new ArrayList<String>();
                for (long i = 0; i < api.values().getListSize(names); i++) {
                    long name = api.values().getListChild(names, i);
                    found.add(api.taken(api.values().getVarchar(name)));
                    api.destroyValue(name);
                }
                return found;
            } finally {
                api.destroyValue(names);
            }
        }
    }

    long handle() {
        if (pointer == 0) {
            throw new IllegalStateException("the connection is closed");
        }
        return pointer;
    }

    CApi api() {
        return api;
    }

    Instance instance() {
        return instance;
    }

    PreparedCache cache() {
        return cache;
    }

    @Override
    public void close() {
        cutOff();
        cache.close();
        if (setCaller != null) {
            setCaller.close();
            setCaller = null;
        }
        synchronized (handleLock) {
            if (pointer != 0) {
                try (var arena = Arena.ofConfined()) {
                    api.databases().disconnect(CApi.handle(arena, pointer));
                }
                pointer = 0;
                instance.functions().remove(this);
            }
        }
    }

    private void start(PreparedStatement statement, MemorySegment result, Arena arena, Stop stop) {
        MemorySegment pending = Memory.word(arena);
        boolean good = api.statements().pendingPreparedStreaming(statement.pointer(), pending);
        try {
            if (!good) {
                throw DuckDbException.of(api.statements().pendingError(Memory.read(pending)));
            }
            stop.check();
            if (!api.statements().executePending(Memory.read(pending), result)) {
                String error = api.results().resultError(result);
                api.results().destroyResult(result);
                throw DuckDbException.of(error);
            }
        } finally {
            api.statements().destroyPending(pending);
        }
    }

    /// The session's time zone; asking for it runs no statement.
    private ZoneId zone() {
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = Memory.word(arena);
            api.databases().connectionGetClientContext(handle(), out);
            long value =
                    api.databases()
                            .clientContextGetConfigOption(
                                    Memory.read(out),
                                    arena.allocateFrom("TimeZone"),
                                    Memory.word(arena));
            api.databases().destroyClientContext(out);
            if (value == 0) {
                return ZoneId.of("UTC");
            }
            String name = api.taken(api.values().getVarchar(value));
            api.destroyValue(value);
            return zone(name);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name, ZoneId.SHORT_IDS);
        } catch (DateTimeException unknownToJava) {
            return ZoneId.of("UTC");
        }
    }
}
