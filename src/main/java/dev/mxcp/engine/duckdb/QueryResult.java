package dev.mxcp.engine.duckdb;

import java.lang.foreign.MemorySegment;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The result of one statement while it is being read: its columns, and its rows chunk by chunk.
/// Only valid, and only to be used, inside [ResultReader#read(QueryResult)]; afterwards everything
/// here fails.
public final class QueryResult implements Vector.Owner {
    private final CApi api;
    private final MemorySegment result;
    private final Supplier<ZoneId> zone;
    private final List<Column> columns;
    private final List<Vector> vectors;
    private final @Nullable LongSupplier given;
    private long chunk;
    private long chunkRows;
    private boolean finished;
    private boolean closed;

    QueryResult(CApi api, MemorySegment result, Supplier<ZoneId> zone) {
        this.api = api;
        this.result = result;
        this.zone = zone;
        this.columns = readColumns();
        this.vectors = columns.stream().map(column -> new Vector(this, column.type())).toList();
        this.given = null;
    }

    private QueryResult(CApi api, List<Column> columns, LongSupplier given, Supplier<ZoneId> zone) {
        this.api = api;
        this.result = MemorySegment.NULL;
        this.zone = zone;
        this.columns = columns;
        this.vectors = columns.stream().map(column -> new Vector(this, column.type())).toList();
        this.given = given;
    }

    /// Chunks that somebody else owns; 0 ends them.
    static QueryResult over(
            CApi api, List<Column> columns, LongSupplier chunks, Supplier<ZoneId> zone) {
        return new QueryResult(api, columns, chunks, zone);
    }

    private QueryResult(CApi api) {
        this.api = api;
        this.result = MemorySegment.NULL;
        this.zone = ZoneId::systemDefault;
        this.columns = List.of();
        this.vectors = List.of();
        this.given = null;
        this.finished = true;
    }

    /// The result of a text without any statement.
    static QueryResult empty(CApi api) {
        return new QueryResult(api);
    }

    public List<Column> columns() {
        return columns;
    }

    /// Fetches the next chunk, to which the vectors point from then on.
    ///
    /// @return false when there are no more rows
    /// @throws DuckDbException when the statement fails while it runs
    public boolean nextChunk() {
        checkOpen();
        releaseChunk();
        while (!finished) {
            chunk = given == null ? api.results().fetchChunk(result) : given.getAsLong();
            if (chunk == 0) {
                finished = true;
                if (given == null) {
                    failIfBroken();
                }
                return false;
            }
            chunkRows = api.results().dataChunkGetSize(chunk);
            if (chunkRows > 0) {
                point();
                return true;
            }
            releaseChunk();
        }
        return false;
    }

    /// Rows in the current chunk.
    public int rowCount() {
        return (int) chunkRows;
    }

    /// The vector of a column.
    public Vector vector(int column) {
        return vectors.get(column);
    }

    /// The time zone in which the session shows TIMESTAMP WITH TIME ZONE.
    @Override
    public ZoneId zone() {
        return zone.get();
    }

    CApi api() {
        return api;
    }

    @Override
    public void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the result is closed");
        }
    }

    /// Frees the current chunk. The result itself is its statement's to free.
    void close() {
        closed = true;
        releaseChunk();
    }

    private void point() {
        for (int column = 0; column < vectors.size(); column++) {
            vectors.get(column)
                    .point(
                            api.results(),
                            api.results().dataChunkGetVector(chunk, column),
                            chunkRows);
        }
    }

    private void releaseChunk() {
        if (chunk != 0) {
            if (given == null) {
                api.destroyChunk(chunk);
            }
            chunk = 0;
            chunkRows = 0;
            vectors.forEach(Vector::clear);
        }
    }

    private void failIfBroken() {
        String error = api.results().resultError(result);
        if (!error.isEmpty()) {
            throw DuckDbException.of(error);
        }
    }

    private List<Column> readColumns() {
        var types = new TypeReader(api);
        int count = Math.toIntExact(api.results().columnCount(result));
        List<String> names = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            names.add(api.results().columnName(result, index));
        }
        List<String> distinct = Column.distinct(names);
        List<Column> read = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            DuckType type = types.taken(api.results().columnLogicalType(result, index));
            read.add(new Column(distinct.get(index), type));
        }
        return List.copyOf(read);
    }
}
