package dev.mxcp.engine.duckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Takes the results of a function: one value for each row, in any order, into DuckDB's memory. For
/// one thread, until the function returns.
public final class VectorWriter implements AutoCloseable {
    private static final int STRING_BYTES = 16;
    private static final int INLINED = 12;
    private static final int FIRST_SCRATCH = 4096;

    private final FunctionCalls calls;
    private final ResultCalls results;
    private final DuckType type;
    private final long vector;
    private final List<VectorWriter> children;
    private final Scratch scratch;
    private long rows;
    private long data;
    private long validity;
    private long used;
    private long capacity;

    /// Native memory for texts on their way.
    private static final class Scratch {
        private final Arena arena = Arena.ofConfined();
        private MemorySegment room = MemorySegment.NULL;

        long with(byte[] source, int from, int length) {
            if (room.byteSize() < length) {
                room = arena.allocate(Math.max(FIRST_SCRATCH, 2L * length));
            }
            Memory.putBytes(room.address(), source, from, length);
            return room.address();
        }
    }

    /// @param vector of that type, with room for so many rows
    VectorWriter(CApi api, DuckType type, long vector, long rows) {
        this(api, type, vector, rows, new Scratch());
    }

    private VectorWriter(CApi api, DuckType type, long vector, long rows, Scratch scratch) {
        this.calls = api.functions();
        this.results = api.results();
        this.type = type;
        this.vector = vector;
        this.rows = rows;
        this.scratch = scratch;
        this.data = results.vectorGetData(vector);
        this.children =
                switch (type) {
                    case DuckType.ListOf(DuckType items) ->
                            List.of(
                                    new VectorWriter(
                                            api,
                                            items,
                                            results.listVectorGetChild(vector),
                                            0,
                                            scratch));
                    case DuckType.MapOf(DuckType keys, DuckType values) -> {
                        long entries = results.listVectorGetChild(vector);
                        yield structure(api, List.of(keys, values), entries, 0, scratch);
                    }
                    case DuckType.StructOf structType ->
                            structure(api, Vector.parts(structType), vector, rows, scratch);
                    case DuckType.Scalar _,
                            DuckType.Decimal _,
                            DuckType.Enumeration _,
                            DuckType.ArrayOf _,
                            DuckType.UnionOf _,
                            DuckType.Unreadable _ ->
                            List.of();
                };
    }

    private static List<VectorWriter> structure(
            CApi api, List<DuckType> parts, long struct, long rows, Scratch scratch) {
        var writers = new VectorWriter[parts.size()];
        for (int index = 0; index < writers.length; index++) {
            long child = api.results().structVectorGetChild(struct, index);
            writers[index] = new VectorWriter(api, parts.get(index), child, rows, scratch);
        }
        return List.of(writers);
    }

    public DuckType type() {
        return type;
    }

    /// The writer of a part: the items of a LIST (0), keys (0) and values (1) of a MAP, the fields
    /// of a STRUCT.
    public VectorWriter child(int index) {
        return children.get(index);
    }

    /// NULL, in all parts of the value.
    public void nullAt(long row) {
        check(row);
        if (validity == 0) {
            calls.vectorEnsureValidityWritable(vector);
            validity = results.vectorGetValidity(vector);
        }
        long word = validity + (row >>> 6 << 3);
        Memory.putLong(word, Memory.longAt(word) & ~(1L << (row & 63)));
        switch (type) {
            case DuckType.StructOf _ -> children.forEach(child -> child.nullAt(row));
            case DuckType.ListOf _, DuckType.MapOf _ -> entry(row, 0, 0);
            case DuckType.Scalar _,
                    DuckType.Decimal _,
                    DuckType.Enumeration _,
                    DuckType.ArrayOf _,
                    DuckType.UnionOf _,
                    DuckType.Unreadable _ -> {}
        }
    }

    public void booleanAt(long row, boolean value) {
        check(row);
        Memory.putByte(data + row, (byte) (value ? 1 : 0));
    }

    /// A value of two bytes.
    public void shortAt(long row, short value) {
        check(row);
        Memory.putShort(data + row * Short.BYTES, value);
    }

    /// A value of four bytes: INTEGER, DATE (days since 1970).
    public void intAt(long row, int value) {
        check(row);
        Memory.putInt(data + row * Integer.BYTES, value);
    }

    /// A value of eight bytes: BIGINT, TIME and TIMESTAMP (microseconds), DECIMAL (its digits).
    public void longAt(long row, long value) {
        check(row);
        Memory.putLong(data + row * Long.BYTES, value);
    }

    public void doubleAt(long row, double value) {
        check(row);
        Memory.putDouble(data + row * Double.BYTES, value);
    }

    public void intervalAt(long row, int months, int days, long micros) {
        check(row);
        Memory.putInt(data + row * 16, months);
        Memory.putInt(data + row * 16 + Integer.BYTES, days);
        Memory.putLong(data + row * 16 + Long.BYTES, micros);
    }

    public void uuidAt(long row, long high, long low) {
        check(row);
        Memory.putLong(data + row * 16, low);
        Memory.putLong(data + row * 16 + Long.BYTES, high ^ Long.MIN_VALUE);
    }

    /// A VARCHAR, which must be valid UTF-8, or a BLOB.
    public void bytesAt(long row, byte[] source, int from, int length) {
        check(row);
        if (length > INLINED) {
            calls.vectorAssignText(vector, row, scratch.with(source, from, length), length);
            return;
        }
        long at = data + row * STRING_BYTES;
        Memory.putLong(at, length);
        Memory.putLong(at + Long.BYTES, 0);
        Memory.putBytes(at + Integer.BYTES, source, from, length);
    }

    public void textAt(long row, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytesAt(row, utf8, 0, utf8.length);
    }

    /// A LIST or MAP.
    ///
    /// @return the row of the parts at which its items begin
    public long listAt(long row, int length) {
        check(row);
        long start = used;
        used += length;
        if (used > capacity) {
            capacity = Math.max(used, 2 * capacity);
            calls.listVectorReserve(vector, capacity);
            children.forEach(VectorWriter::moved);
        }
        children.forEach(child -> child.grown(used));
        entry(row, start, length);
        return start;
    }

    private void grown(long size) {
        rows = size;
        if (type instanceof DuckType.StructOf) {
            children.forEach(child -> child.grown(size));
        }
    }

    private void entry(long row, long start, long length) {
        Memory.putLong(data + row * 16, start);
        Memory.putLong(data + row * 16 + Long.BYTES, length);
    }

    /// The memory of the items may have been exchanged for a larger one.
    private void moved() {
        data = results.vectorGetData(vector);
        if (validity != 0) {
            calls.vectorEnsureValidityWritable(vector);
            validity = results.vectorGetValidity(vector);
        }
        if (type instanceof DuckType.StructOf) {
            children.forEach(VectorWriter::moved);
        }
    }

    /// Tells DuckDB how many items there are in all.
    void finish() {
        if (type instanceof DuckType.ListOf || type instanceof DuckType.MapOf) {
            calls.listVectorSetSize(vector, used);
        }
        children.forEach(VectorWriter::finish);
    }

    /// Gives all further rows the value of the first one.
    void repeatFirst(long count) {
        rows = count;
        boolean isNull = validity != 0 && (Memory.longAt(validity) & 1) == 0;
        int width = RowWidth.of(type);
        for (long row = 1; row < count; row++) {
            Memory.copy(data, data + row * width, width);
            if (isNull) {
                nullAt(row);
            }
        }
        if (type instanceof DuckType.StructOf) {
            children.forEach(child -> child.repeatFirst(count));
        }
    }

    private void check(long row) {
        Objects.checkIndex(row, rows);
    }

    @Override
    public void close() {
        scratch.arena.close();
    }
}
