package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.duckdb.DuckType.Field;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The values of one column, or of one part of it, in the current chunk of a result, or of an
/// argument of a function. One object serves all chunks: [QueryResult#nextChunk()] points it to the
/// next one. Reads DuckDB's memory in place; every access after the result was closed fails. For
/// the reader's thread only.
public final class Vector {
    private static final int STRING_BYTES = 16;
    private static final int INLINED = 12;

    private final Owner owner;
    private final DuckType type;
    private final List<Vector> children;
    private long data;
    private long validity;
    private long size;

    Vector(Owner owner, DuckType type) {
        this.owner = owner;
        this.type = type;
        this.children = parts(type).stream().map(part -> new Vector(owner, part)).toList();
    }

    /// What the memory of vectors belongs to.
    interface Owner {
        /// Fails when the memory is gone.
        void checkOpen();

        /// The zone in which TIMESTAMP WITH TIME ZONE is shown.
        ZoneId zone();
    }

    static List<DuckType> parts(DuckType type) {
        return switch (type) {
            case DuckType.ListOf(DuckType items) -> List.of(items);
            case DuckType.ArrayOf(DuckType items, _) -> List.of(items);
            case DuckType.MapOf(DuckType keys, DuckType values) -> List.of(keys, values);
            case DuckType.StructOf(List<Field> fields) -> fields.stream().map(Field::type).toList();
            case DuckType.UnionOf(List<Field> members) -> {
                List<DuckType> parts = new ArrayList<>();
                parts.add(DuckType.of(DuckType.Kind.UTINYINT));
                members.forEach(member -> parts.add(member.type()));
                yield parts;
            }
            case DuckType.Scalar _,
                    DuckType.Decimal _,
                    DuckType.Enumeration _,
                    DuckType.Unreadable _ ->
                    List.of();
        };
    }

    /// Points to the memory of the next chunk.
    void point(ResultCalls calls, long vector, long rows) {
        size = rows;
        data = calls.vectorGetData(vector);
        validity = calls.vectorGetValidity(vector);
        switch (type) {
            case DuckType.ListOf _ ->
                    children.getFirst()
                            .point(
                                    calls,
                                    calls.listVectorGetChild(vector),
                                    calls.listVectorGetSize(vector));
            case DuckType.ArrayOf(_, int length) ->
                    children.getFirst()
                            .point(calls, calls.arrayVectorGetChild(vector), rows * length);
            case DuckType.MapOf _ -> {
                long entries = calls.listVectorGetChild(vector);
                long count = calls.listVectorGetSize(vector);
                children.get(0).point(calls, calls.structVectorGetChild(entries, 0), count);
                children.get(1).point(calls, calls.structVectorGetChild(entries, 1), count);
            }
            case DuckType.StructOf _, DuckType.UnionOf _ -> {
                for (int index = 0; index < children.size(); index++) {
                    children.get(index)
                            .point(calls, calls.structVectorGetChild(vector, index), rows);
                }
            }
            case DuckType.Scalar _,
                    DuckType.Decimal _,
                    DuckType.Enumeration _,
                    DuckType.Unreadable _ -> {}
        }
    }

    /// Forgets the memory of a chunk that is freed.
    void clear() {
        size = 0;
        children.forEach(Vector::clear);
    }

    public DuckType type() {
        return type;
    }

    /// How many values the vector holds.
    public long size() {
        return size;
    }

    /// Whether the value is NULL; the other readers give noise for such a row.
    public boolean isNull(long row) {
        check(row);
        return rawNull(row);
    }

    boolean rawNull(long row) {
        return validity != 0
                && (Memory.longAt(validity + (row >>> 6 << 3)) >>> (row & 63) & 1) == 0;
    }

    public boolean booleanAt(long row) {
        check(row);
        return Memory.byteAt(data + row) != 0;
    }

    /// The bits of a value of one byte.
    public byte byteAt(long row) {
        check(row);
        return Memory.byteAt(data + row);
    }

    /// The bits of a value of two bytes.
    public short shortAt(long row) {
        check(row);
        return Memory.shortAt(data + row * Short.BYTES);
    }

    /// The bits of a value of four bytes: INTEGER, DATE (days since 1970).
    public int intAt(long row) {
        check(row);
        return Memory.intAt(data + row * Integer.BYTES);
    }

    /// The bits of a value of eight bytes: BIGINT, TIME and TIMESTAMP (microseconds, or the unit in
    /// the type's name), TIME_TZ.
    public long longAt(long row) {
        check(row);
        return Memory.longAt(data + row * Long.BYTES);
    }

    public float floatAt(long row) {
        check(row);
        return Memory.floatAt(data + row * Float.BYTES);
    }

    public double doubleAt(long row) {
        check(row);
        return Memory.doubleAt(data + row * Double.BYTES);
    }

    /// The lower half of a value of sixteen bytes: HUGEINT, UUID; months and days of an INTERVAL.
    public long lowerAt(long row) {
        check(row);
        return Memory.longAt(data + row * 16);
    }

    /// The upper half of a value of sixteen bytes; microseconds of an INTERVAL.
    public long upperAt(long row) {
        check(row);
        return Memory.longAt(data + row * 16 + 8);
    }

    /// A value of sixteen bytes as a number with a sign.
    public BigInteger hugeAt(long row) {
        return Numbers.signed(upperAt(row), lowerAt(row));
    }

    /// The bytes of a VARCHAR, BLOB, BIT or BIGNUM.
    public byte[] bytesAt(long row) {
        check(row);
        return Memory.bytes(rawTextAddress(row), rawTextLength(row));
    }

    /// How many bytes a VARCHAR or BLOB has.
    public int bytesLength(long row) {
        check(row);
        return rawTextLength(row);
    }

    /// Copies the bytes of a VARCHAR or BLOB.
    public void copyBytes(long row, byte[] target, int at) {
        check(row);
        Memory.copyTo(rawTextAddress(row), target, at, rawTextLength(row));
    }

    /// Whether every row has bit by bit what the first one has: so it is with constants, which
    /// DuckDB repeats. Equal long texts need not be found.
    boolean isUniform() {
        int width = RowWidth.of(type);
        for (long row = 1; row < size; row++) {
            if (rawNull(row) != rawNull(0) || !Memory.same(data, data + row * width, width)) {
                return false;
            }
        }
        return !(type instanceof DuckType.StructOf)
                || children.stream().allMatch(Vector::isUniform);
    }

    /// A VARCHAR, or the name of an ENUM's value.
    public String textAt(long row) {
        check(row);
        if (type instanceof DuckType.Enumeration(List<String> names)) {
            return names.get(rawEnumIndex(row, names.size()));
        }
        return Memory.utf8(rawTextAddress(row), rawTextLength(row));
    }

    /// Where the elements of a LIST, ARRAY or MAP begin in its children.
    public long listStart(long row) {
        check(row);
        return rawListStart(row);
    }

    /// How many elements a LIST, ARRAY or MAP has.
    public int listLength(long row) {
        check(row);
        return rawListLength(row);
    }

    /// A part: the elements of a LIST or ARRAY (0), keys (0) and values (1) of a MAP, the fields of
    /// a STRUCT, the tag (0) and the members (from 1) of a UNION.
    public Vector child(int index) {
        return children.get(index);
    }

    /// The part of a UNION that holds a row's value.
    public Vector member(long row) {
        check(row);
        return rawMember(row);
    }

    /// The value as a plain Java value, see [ValueRows].
    public @Nullable Object valueAt(long row) {
        check(row);
        return PlainValues.at(this, row);
    }

    Owner owner() {
        return owner;
    }

    long rawData() {
        return data;
    }

    int rawTextLength(long row) {
        return Memory.intAt(data + row * STRING_BYTES);
    }

    /// A short text lies in the vector itself, a long one elsewhere.
    long rawTextAddress(long row) {
        long at = data + row * STRING_BYTES;
        return Memory.intAt(at) <= INLINED ? at + Integer.BYTES : Memory.longAt(at + 8);
    }

    int rawEnumIndex(long row, int names) {
        if (names <= 0xFF) {
            return Memory.byteAt(data + row) & 0xFF;
        }
        return names <= 0xFFFF
                ? Memory.shortAt(data + row * Short.BYTES) & 0xFFFF
                : Memory.intAt(data + row * Integer.BYTES);
    }

    long rawListStart(long row) {
        return type instanceof DuckType.ArrayOf(_, int length)
                ? row * length
                : Memory.longAt(data + row * 16);
    }

    int rawListLength(long row) {
        return type instanceof DuckType.ArrayOf(_, int length)
                ? length
                : (int) Memory.longAt(data + row * 16 + 8);
    }

    Vector rawMember(long row) {
        return children.get(1 + (Memory.byteAt(children.getFirst().data + row) & 0xFF));
    }

    private void check(long row) {
        owner.checkOpen();
        Objects.checkIndex(row, size);
    }
}
