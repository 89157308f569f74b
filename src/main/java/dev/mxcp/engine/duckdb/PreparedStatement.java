package dev.mxcp.engine.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mxcp.engine.duckdb.DuckType.Kind;
import dev.mxcp.types.json.Json;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// One prepared statement of a connection. Owned by the connection's cache, or by the call that
/// prepared it; for the thread that has the connection.
final class PreparedStatement implements AutoCloseable {
    private final CApi api;
    private final long pointer;
    private final StatementType type;
    private final SequencedMap<String, Long> parameters;
    private boolean closed;

    private PreparedStatement(CApi api, long pointer, String sql) {
        this.api = api;
        this.pointer = pointer;
        this.type = StatementType.of(api.statements().preparedStatementType(pointer));
        this.parameters = readParameters(sql);
    }

    /// Prepares a text of one statement.
    ///
    /// @throws DuckDbException when DuckDB refuses it
    static PreparedStatement of(CApi api, long connection, String sql) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = Memory.word(arena);
            boolean good = api.statements().prepare(connection, arena.allocateFrom(sql), out);
            return checked(api, Memory.read(out), good, sql);
        }
    }

    /// Prepares one of several statements that DuckDB has taken apart.
    static PreparedStatement ofExtracted(CApi api, long connection, long extracted, long index) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = Memory.word(arena);
            boolean good =
                    api.statements().prepareExtractedStatement(connection, extracted, index, out);
            return checked(api, Memory.read(out), good, "");
        }
    }

    private static PreparedStatement checked(CApi api, long pointer, boolean good, String sql) {
        if (good) {
            return new PreparedStatement(api, pointer, sql);
        }
        String error = api.statements().prepareError(pointer);
        try (var arena = Arena.ofConfined()) {
            api.statements().destroyPrepare(CApi.handle(arena, pointer));
        }
        throw DuckDbException.of(error);
    }

    long pointer() {
        return pointer;
    }

    StatementType type() {
        return type;
    }

    /// The names of the parameters as DuckDB's parser found them.
    SequencedSet<String> parameterNames() {
        return parameters.sequencedKeySet();
    }

    /// The columns of the result as far as they are known before there are values.
    List<Column> columns() {
        List<Column> named = namedColumns();
        List<String> distinct = Column.distinct(named.stream().map(Column::name).toList());
        List<Column> columns = new ArrayList<>(named.size());
        for (int index = 0; index < named.size(); index++) {
            columns.add(new Column(distinct.get(index), named.get(index).type()));
        }
        return columns;
    }

    /// The same under the names that DuckDB gave, which may repeat.
    List<Column> namedColumns() {
        var types = new TypeReader(api);
        int count = Math.toIntExact(api.statements().preparedStatementColumnCount(pointer));
        List<Column> columns = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            String name = api.taken(api.statements().preparedStatementColumnName(pointer, index));
            long logical = api.statements().preparedStatementColumnLogicalType(pointer, index);
            columns.add(new Column(name, types.taken(logical)));
        }
        return columns;
    }

    /// The type of a column of the result, to be destroyed.
    long columnType(int index) {
        return api.statements().preparedStatementColumnLogicalType(pointer, index);
    }

    /// Binds a value to each parameter.
    void bind(Assignment values) {
        for (Map.Entry<String, Long> parameter : parameters.entrySet()) {
            if (!bind(parameter.getValue(), values.value(parameter.getKey()))) {
                throw DuckDbException.of(api.statements().prepareError(pointer));
            }
        }
    }

    /// Forgets the values: they may be large, or nobody else's business.
    void clear() {
        if (!parameters.isEmpty()) {
            api.statements().clearBindings(pointer);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try (var arena = Arena.ofConfined()) {
                api.statements().destroyPrepare(CApi.handle(arena, pointer));
            }
        }
    }

    private boolean bind(long index, @Nullable Object value) {
        StatementCalls calls = api.statements();
        return switch (value) {
            case null -> calls.bindNull(pointer, index);
            case String text -> bindText(index, text);
            case Boolean truth -> calls.bindBoolean(pointer, index, truth);
            case Integer number -> calls.bindInt32(pointer, index, number);
            case Long number ->
                    number == number.intValue()
                            ? calls.bindInt32(pointer, index, number.intValue())
                            : calls.bindInt64(pointer, index, number);
            case Double number -> calls.bindDouble(pointer, index, number);
            case Map<?, ?> map when isJson(index) -> bindText(index, Json.text(map));
            case List<?> list when isJson(index) -> bindText(index, Json.text(list));
            default -> bindValue(index, value);
        };
    }

    /// A STRUCT that is cast to JSON would lose the types of mixed lists (R3.2.4).
    private boolean isJson(long index) {
        DuckType wanted =
                new TypeReader(api).taken(api.statements().paramLogicalType(pointer, index));
        return wanted instanceof DuckType.Scalar(Kind kind, String alias)
                && kind == Kind.VARCHAR
                && "JSON".equals(alias);
    }

    private boolean bindText(long index, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (var arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, bytes.length);
            return api.statements().bindVarcharLength(pointer, index, segment, bytes.length);
        }
    }

    private boolean bindValue(long index, Object value) {
        try (var values = new ValueFactory(api)) {
            return api.statements().bindValue(pointer, index, values.create(value));
        }
    }

    private SequencedMap<String, Long> readParameters(String sql) {
        SequencedMap<String, Long> found = new LinkedHashMap<>();
        long count = api.statements().nparams(pointer);
        for (long index = 1; index <= count; index++) {
            String name = api.taken(api.statements().parameterName(pointer, index));
            if (name.isEmpty()) { // numbers with gaps: $1, $3
                return parametersByText(sql);
            }
            found.put(name, index);
        }
        return found;
    }

    private SequencedMap<String, Long> parametersByText(String sql) {
        SequencedMap<String, Long> found = new LinkedHashMap<>();
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = Memory.word(arena);
            for (String name : SqlText.of(sql).parameterNames()) {
                if (api.statements().bindParameterIndex(pointer, out, arena.allocateFrom(name))) {
                    found.put(name, out.get(JAVA_LONG, 0));
                }
            }
        }
        return found;
    }
}
