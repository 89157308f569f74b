package dev.mxcp.engine.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A result that is read piece by piece, each piece when its reader asks: DuckDB computes no
/// further than that. Only to be used inside [Session#open] and [Session#resume], which provide the
/// thread; the next statement of the session ends what is not finished. The piece given out last is
/// kept, so that it can be had in another form.
public final class OpenResult {
    private static final int SMALL_BYTES = 64 * 1024;

    private final CApi api;
    private final MemorySegment result;
    private final List<Column> columns;
    private final Supplier<ZoneId> zone;
    private final boolean counts;
    private final Deque<Long> ahead = new ArrayDeque<>();
    private final List<Long> last = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private final List<Long> types = new ArrayList<>();
    private @Nullable ArrowField row;
    private boolean exhausted;
    private boolean closed;

    /// @param counts whether the one row says how many rows were changed
    OpenResult(CApi api, MemorySegment result, Supplier<ZoneId> zone, boolean counts) {
        this.api = api;
        this.result = result;
        this.zone = zone;
        this.counts = counts;
        this.columns = readColumns();
    }

    private OpenResult(QueryResult nothing) {
        this.api = nothing.api();
        this.result = MemorySegment.NULL;
        this.zone = ZoneId::systemDefault;
        this.counts = false;
        this.columns = List.of();
        this.exhausted = true;
    }

    static OpenResult empty(QueryResult nothing) {
        return new OpenResult(nothing);
    }

    /// The columns under the names that DuckDB gave, which may repeat.
    public List<Column> columns() {
        return columns;
    }

    /// Whether the only row is the number of rows that the statement changed.
    public boolean counts() {
        return counts;
    }

    /// Whether nothing is left to be read.
    public boolean finished() {
        return !more();
    }

    /// Reads the next rows, at least one chunk if there is any.
    ///
    /// @param wanted no further chunk is begun after so many rows
    /// @param full nor when this holds
    /// @throws DuckDbException when the statement fails while it runs
    public <T extends @Nullable Object> T rows(
            long wanted, BooleanSupplier full, ResultReader<T> reader) {
        forgetLast();
        var given =
                new Object() {
                    long rows;
                };
        QueryResult view =
                QueryResult.over(
                        api,
                        columns,
                        () -> {
                            if (given.rows > 0 && (given.rows >= wanted || full.getAsBoolean())) {
                                return 0;
                            }
                            long chunk = take();
                            if (chunk != 0) {
                                last.add(chunk);
                                given.rows += api.results().dataChunkGetSize(chunk);
                            }
                            return chunk;
                        },
                        zone);
        try {
            return reader.read(view);
        } finally {
            view.close();
        }
    }

    /// Reads the next rows as Arrow's C structures.
    ///
    /// @param form which Arrow types are wanted, and whether to begin with the schema
    /// @param again whether to begin with the piece that was given out last
    /// @param bytes no further chunk is begun after so many
    /// @throws DuckDbException when the statement fails while it runs, or has no Arrow type
    ArrowBatch arrow(ArrowForm form, boolean again, int bytes) {
        // a result that did not fit into one piece will fill the next ones, too
        var out = new ArrowLayout(form.schema() ? SMALL_BYTES : bytes + bytes / 4);
        ArrowField known = row;
        if (known == null || form.schema()) {
            known = ArrowField.of(api, form.options(), types, names(form));
            row = known;
        }
        if (form.schema()) {
            out.schema(known);
        }
        if (again) {
            for (long chunk : last) {
                append(chunk, form.options(), known, out);
            }
        }
        forgetLast();
        while (out.size() < bytes) {
            long chunk = take();
            if (chunk == 0) {
                break;
            }
            try {
                append(chunk, form.options(), known, out);
            } finally {
                api.destroyChunk(chunk);
            }
        }
        return out.batch(more());
    }

    /// On the way back into another DuckDB, names must not repeat.
    private List<String> names(ArrowForm form) {
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            names.add(form.numbered() ? "c" + names.size() : column.name());
        }
        return names;
    }

    private void append(long chunk, long options, ArrowField known, ArrowLayout out) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment array = arena.allocate(ArrowLayout.ARRAY_BYTES, Long.BYTES);
            api.arrow().dataChunkToArrow(options, chunk, array.address());
            try {
                out.array(array.address(), known);
            } finally {
                long release = array.get(JAVA_LONG_UNALIGNED, ArrowLayout.RELEASE);
                api.arrow().release(release, array.address());
            }
        }
    }

    /// Reads all that is left, so that the statement has all its effects.
    void readAll() {
        for (long chunk = fetch(); chunk != 0; chunk = fetch()) {
            ahead.add(chunk);
        }
    }

    /// Frees everything.
    void close() {
        if (!closed) {
            closed = true;
            forgetLast();
            ahead.forEach(api::destroyChunk);
            ahead.clear();
            types.forEach(api::destroyType);
            types.clear();
            exhaust();
        }
    }

    /// Whether another statement would take something away.
    boolean running() {
        return !exhausted;
    }

    /// Chunks that were fetched stay readable; the rest of the result is gone.
    void cutOff() {
        if (!exhausted) {
            exhaust();
            if (failure == null) {
                failure =
                        DuckDbException.of(
                                DuckDbException.Kind.INVALID_INPUT,
                                "the rest of the result is gone: its connection ran another"
                                        + " statement");
            }
        }
    }

    private boolean more() {
        if (ahead.isEmpty() && failure == null && !closed) {
            try {
                long chunk = fetch();
                if (chunk != 0) {
                    ahead.add(chunk);
                }
            } catch (DuckDbException later) {
                // what was asked for is there: this belongs to whoever reads on
                failure = later;
            }
        }
        return !ahead.isEmpty() || failure != null;
    }

    private long take() {
        Long chunk = ahead.poll();
        if (chunk != null) {
            return chunk;
        }
        if (failure != null) {
            RuntimeException now = failure;
            failure = null;
            throw now;
        }
        return fetch();
    }

    private long fetch() {
        while (!exhausted) {
            long chunk = api.results().fetchChunk(result);
            if (chunk == 0) {
                String error = api.results().resultError(result);
                exhaust();
                if (!error.isEmpty()) {
                    throw DuckDbException.of(error);
                }
            } else if (api.results().dataChunkGetSize(chunk) == 0) {
                api.destroyChunk(chunk);
            } else {
                return chunk;
            }
        }
        return 0;
    }

    private void exhaust() {
        if (!exhausted) {
            exhausted = true;
            api.results().destroyResult(result);
        }
    }

    private void forgetLast() {
        last.forEach(api::destroyChunk);
        last.clear();
    }

    private List<Column> readColumns() {
        var reader = new TypeReader(api);
        int count = Math.toIntExact(api.results().columnCount(result));
        List<Column> read = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            DuckType type = reader.taken(api.results().columnLogicalType(result, index));
            read.add(new Column(api.results().columnName(result, index), type));
            types.add(api.results().columnLogicalType(result, index));
        }
        return List.copyOf(read);
    }
}
