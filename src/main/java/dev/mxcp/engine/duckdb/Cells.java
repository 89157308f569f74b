package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.duckdb.DuckType.Field;
import dev.mxcp.engine.duckdb.DuckType.Kind;
import dev.mxcp.types.json.Blobs;
import dev.mxcp.types.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// Makes the writers of a result's values: one per column and per part of it.
final class Cells {
    private static final long MICROS = 1_000_000;

    private Cells() {}

    /// A name as it stands before its value: `"name":`.
    static byte[] name(String name) {
        return new JsonBuffer(name.length() + 3).name(name).toByteArray();
    }

    /// The writer for a vector, NULL included.
    static Cell of(Vector vector) {
        return Cell.nullable(vector, notNull(vector));
    }

    private static Cell notNull(Vector vector) {
        return switch (vector.type()) {
            case DuckType.Scalar(Kind kind, _) -> scalar(kind, vector);
            case DuckType.Decimal type -> decimal(type, vector);
            case DuckType.Enumeration(List<String> names) -> enumeration(names, vector);
            case DuckType.ListOf _, DuckType.ArrayOf _ -> list(vector);
            case DuckType.StructOf struct -> struct(struct, vector);
            case DuckType.MapOf _ -> map(vector);
            case DuckType.UnionOf(List<Field> members) -> union(members, vector);
            case DuckType.Unreadable unreadable ->
                    (row, out) -> {
                        throw PlainValues.unreadable(unreadable);
                    };
        };
    }

    private static Cell scalar(Kind kind, Vector v) {
        return switch (kind) {
            case UNKNOWN, NULL -> (row, out) -> out.nullValue();
            case BOOLEAN -> (row, out) -> out.value(Memory.byteAt(v.rawData() + row) != 0);
            case TINYINT -> (row, out) -> out.value((long) Memory.byteAt(v.rawData() + row));
            case SMALLINT -> (row, out) -> out.value((long) Memory.shortAt(v.rawData() + row * 2));
            case INTEGER -> (row, out) -> out.value((long) Memory.intAt(v.rawData() + row * 4));
            case BIGINT -> (row, out) -> out.value(Memory.longAt(v.rawData() + row * 8));
            case UTINYINT -> (row, out) -> out.value(Memory.byteAt(v.rawData() + row) & 0xFFL);
            case USMALLINT ->
                    (row, out) -> out.value(Memory.shortAt(v.rawData() + row * 2) & 0xFFFFL);
            case UINTEGER ->
                    (row, out) -> out.value(Memory.intAt(v.rawData() + row * 4) & 0xFFFF_FFFFL);
            case UBIGINT -> (row, out) -> unsigned(Memory.longAt(v.rawData() + row * 8), out);
            case FLOAT -> (row, out) -> out.value(Memory.floatAt(v.rawData() + row * 4));
            case DOUBLE -> (row, out) -> out.value(Memory.doubleAt(v.rawData() + row * 8));
            case HUGEINT -> (row, out) -> huge(v, row, out);
            case UHUGEINT, BIGNUM, UUID, INTERVAL, BIT -> plain(v);
            case BLOB -> (row, out) -> out.value(Blobs.text(v.bytesAt(row)));
            case VARCHAR ->
                    (row, out) ->
                            out.utf8Value(Memory.ALL, v.rawTextAddress(row), v.rawTextLength(row));
            case DATE, TIME, TIME_NS, TIME_TZ -> TemporalCells.of(kind, v);
            case TIMESTAMP_S -> TemporalCells.timestamp(v, 1);
            case TIMESTAMP_MS -> TemporalCells.timestamp(v, 1000);
            case TIMESTAMP -> TemporalCells.timestamp(v, MICROS);
            case TIMESTAMP_NS -> TemporalCells.timestamp(v, MICROS * 1000);
            case TIMESTAMP_TZ -> TemporalCells.timestampTz(v, MICROS);
            case TIMESTAMP_TZ_NS -> TemporalCells.timestampTz(v, MICROS * 1000);
        };
    }

    /// For types that are rare in results.
    private static Cell plain(Vector vector) {
        return (row, out) -> out.any(PlainValues.at(vector, row));
    }

    private static void unsigned(long bits, JsonBuffer out) {
        if (bits >= 0) {
            out.value(bits);
        } else {
            out.raw(Long.toUnsignedString(bits));
        }
    }

    /// Nearly all of them fit into a `long`: sums of integers are of this type.
    private static void huge(Vector vector, long row, JsonBuffer out) {
        long at = vector.rawData() + row * 16;
        long lower = Memory.longAt(at);
        long upper = Memory.longAt(at + 8);
        if (upper == lower >> 63) {
            out.value(lower);
        } else {
            out.raw(Numbers.signed(upper, lower).toString());
        }
    }

    private static Cell decimal(DuckType.Decimal type, Vector vector) {
        int width = type.width();
        int scale = type.scale();
        if (width > 18) {
            return (row, out) -> out.raw(PlainValues.decimal(type, vector, row).toPlainString());
        }
        var digits = new AsciiText();
        return (row, out) -> {
            digits.clear().decimal(PlainValues.unscaled(width, vector, row), scale);
            digits.writeTo(out);
        };
    }

    private static Cell enumeration(List<String> names, Vector vector) {
        byte[][] encoded = new byte[names.size()][];
        return (row, out) -> {
            int index = vector.rawEnumIndex(row, encoded.length);
            byte[] text = encoded[index];
            if (text == null) {
                text = new JsonBuffer(32).value(names.get(index)).toByteArray();
                encoded[index] = text;
            }
            out.raw(text);
        };
    }

    private static Cell list(Vector vector) {
        Cell item = of(vector.child(0));
        return (row, out) -> {
            long start = vector.rawListStart(row);
            long end = start + vector.rawListLength(row);
            out.raw('[');
            for (long index = start; index < end; index++) {
                if (index > start) {
                    out.raw(',');
                }
                item.write(index, out);
            }
            out.raw(']');
        };
    }

    private static Cell struct(DuckType.StructOf type, Vector vector) {
        List<Field> fields = type.fields();
        Cell[] cells =
                IntStream.range(0, fields.size())
                        .mapToObj(index -> of(vector.child(index)))
                        .toArray(Cell[]::new);
        if (type.unnamed()) {
            return row(cells);
        }
        byte[][] leads = leads(fields.stream().map(Field::name).toList());
        return (row, out) -> {
            object(cells, leads, row, out);
        };
    }

    /// Members without names would all be the same one, so it is an array.
    private static Cell row(Cell[] cells) {
        return (row, out) -> {
            out.raw('[');
            for (int index = 0; index < cells.length; index++) {
                if (index > 0) {
                    out.raw(',');
                }
                cells[index].write(row, out);
            }
            out.raw(']');
        };
    }

    /// What stands before each member of an object: `{"a":`, `,"b":`.
    static byte[][] leads(List<String> names) {
        var leads = new byte[names.size()][];
        for (int index = 0; index < leads.length; index++) {
            String lead = index == 0 ? "{" : ",";
            leads[index] = new JsonBuffer(32).raw(lead).name(names.get(index)).toByteArray();
        }
        return leads;
    }

    /// One object with a member per cell.
    static void object(Cell[] cells, byte[][] leads, long row, JsonBuffer out) {
        if (cells.length == 0) {
            out.raw('{');
        }
        for (int index = 0; index < cells.length; index++) {
            out.raw(leads[index]);
            cells[index].write(row, out);
        }
        out.raw('}');
    }

    private static Cell map(Vector vector) {
        Vector keys = vector.child(0);
        Cell value = of(vector.child(1));
        boolean texts =
                keys.type() instanceof DuckType.Scalar(Kind kind, _) && kind == Kind.VARCHAR;
        return (row, out) -> {
            long start = vector.rawListStart(row);
            long end = start + vector.rawListLength(row);
            out.raw('{');
            for (long index = start; index < end; index++) {
                if (index > start) {
                    out.raw(',');
                }
                if (texts) {
                    out.utf8Value(
                            Memory.ALL, keys.rawTextAddress(index), keys.rawTextLength(index));
                } else {
                    out.value(PlainValues.keyText(PlainValues.at(keys, index)));
                }
                value.write(index, out.raw(':'));
            }
            out.raw('}');
        };
    }

    private static Cell union(List<Field> members, Vector vector) {
        Cell[] cells =
                IntStream.rangeClosed(1, members.size())
                        .mapToObj(index -> of(vector.child(index)))
                        .toArray(Cell[]::new);
        Vector tags = vector.child(0);
        return (row, out) -> cells[Memory.byteAt(tags.rawData() + row) & 0xFF].write(row, out);
    }

    /// ASCII text that needs no escapes, for the writers of numbers and dates.
    static final class AsciiText {
        private final byte[] bytes = new byte[80];
        private int size;

        AsciiText clear() {
            size = 0;
            return this;
        }

        AsciiText add(char ascii) {
            bytes[size++] = (byte) ascii;
            return this;
        }

        AsciiText add(String ascii) {
            byte[] encoded = ascii.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(encoded, 0, bytes, size, encoded.length);
            size += encoded.length;
            return this;
        }

        /// A number with leading zeros.
        AsciiText padded(long number, int digits) {
            long rest = number;
            for (int at = size + digits - 1; at >= size; at--) {
                bytes[at] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            size += digits;
            return this;
        }

        AsciiText number(long number) {
            return add(Long.toString(number));
        }

        /// A decimal number with all its digits.
        AsciiText decimal(long unscaled, int scale) {
            if (unscaled < 0) {
                add('-');
            }
            long rest = Math.abs(unscaled);
            int digits = 1;
            for (long bound = 10; digits < 18 && rest >= bound; bound *= 10) {
                digits++;
            }
            if (scale == 0) {
                return padded(rest, digits);
            }
            int whole = Math.max(digits, scale + 1);
            padded(rest, whole);
            System.arraycopy(bytes, size - scale, bytes, size - scale + 1, scale);
            bytes[size - scale] = '.';
            size++;
            return this;
        }

        void writeTo(JsonBuffer out) {
            out.raw(bytes, 0, size);
        }
    }
}
