package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.duckdb.DuckType.Field;
import dev.mxcp.engine.duckdb.DuckType.Kind;
import dev.mxcp.types.json.Blobs;
import dev.mxcp.types.json.Interval;
import dev.mxcp.types.json.Iso;
import dev.mxcp.types.json.JsonBuffer;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Turns one value of a vector into a plain Java value.
final class PlainValues {
    private static final long MICROS = 1_000_000;

    private PlainValues() {}

    static @Nullable Object at(Vector vector, long row) {
        if (vector.rawNull(row)) {
            return null;
        }
        return switch (vector.type()) {
            case DuckType.Scalar(Kind kind, _) -> scalar(kind, vector, row);
            case DuckType.Decimal decimal -> decimal(decimal, vector, row);
            case DuckType.Enumeration(List<String> names) ->
                    names.get(vector.rawEnumIndex(row, names.size()));
            case DuckType.ListOf _, DuckType.ArrayOf _ -> list(vector, row);
            case DuckType.StructOf struct ->
                    struct.unnamed()
                            ? unnamed(struct.fields().size(), vector, row)
                            : struct(struct.fields(), vector, row);
            case DuckType.MapOf _ -> map(vector, row);
            case DuckType.UnionOf _ -> at(vector.rawMember(row), row);
            case DuckType.Unreadable unreadable -> throw unreadable(unreadable);
        };
    }

    static DuckDbException unreadable(DuckType.Unreadable type) {
        return DuckDbException.of(
                DuckDbException.Kind.NOT_IMPLEMENTED,
                "results of type "
                        + type.sqlName()
                        + " cannot be read; cast the value to JSON or VARCHAR");
    }

    private static @Nullable Object scalar(Kind kind, Vector vector, long row) {
        return switch (kind) {
            case UNKNOWN, NULL -> null;
            case BOOLEAN -> vector.booleanAt(row);
            case TINYINT -> (long) vector.byteAt(row);
            case SMALLINT -> (long) vector.shortAt(row);
            case INTEGER -> (long) vector.intAt(row);
            case BIGINT -> vector.longAt(row);
            case UTINYINT -> vector.byteAt(row) & 0xFFL;
            case USMALLINT -> vector.shortAt(row) & 0xFFFFL;
            case UINTEGER -> vector.intAt(row) & 0xFFFF_FFFFL;
            case UBIGINT -> Numbers.narrowest(Numbers.unsigned(0, vector.longAt(row)));
            case HUGEINT -> Numbers.narrowest(vector.hugeAt(row));
            case UHUGEINT ->
                    Numbers.narrowest(Numbers.unsigned(vector.upperAt(row), vector.lowerAt(row)));
            case BIGNUM -> Numbers.narrowest(Numbers.bignum(vector.bytesAt(row)));
            // the double that reads like the float: 0.1, not 0.10000000149011612
            case FLOAT -> Double.valueOf(Float.toString(vector.floatAt(row)));
            case DOUBLE -> vector.doubleAt(row);
            case DATE -> Temporal.date(vector.intAt(row));
            case TIME -> Temporal.time(vector.longAt(row), MICROS);
            case TIME_NS -> Temporal.time(vector.longAt(row), MICROS * 1000);
            case TIME_TZ -> Temporal.timeTz(vector.longAt(row));
            case TIMESTAMP_S -> Temporal.timestamp(vector.longAt(row), 1);
            case TIMESTAMP_MS -> Temporal.timestamp(vector.longAt(row), 1000);
            case TIMESTAMP -> Temporal.timestamp(vector.longAt(row), MICROS);
            case TIMESTAMP_NS -> Temporal.timestamp(vector.longAt(row), MICROS * 1000);
            case TIMESTAMP_TZ ->
                    Temporal.timestampTz(vector.longAt(row), MICROS, vector.owner().zone());
            case TIMESTAMP_TZ_NS ->
                    Temporal.timestampTz(vector.longAt(row), MICROS * 1000, vector.owner().zone());
            case INTERVAL -> interval(vector, row);
            case VARCHAR -> vector.textAt(row);
            case BLOB -> vector.bytesAt(row);
            case BIT -> bits(vector.bytesAt(row));
            case UUID -> uuid(vector, row);
        };
    }

    static BigDecimal decimal(DuckType.Decimal type, Vector vector, long row) {
        int width = type.width();
        if (width > 18) {
            return new BigDecimal(vector.hugeAt(row), type.scale());
        }
        return BigDecimal.valueOf(unscaled(width, vector, row), type.scale());
    }

    /// The digits of a DECIMAL of at most 18 of them.
    static long unscaled(int width, Vector vector, long row) {
        if (width <= 4) {
            return vector.shortAt(row);
        }
        return width <= 9 ? vector.intAt(row) : vector.longAt(row);
    }

    static Interval interval(Vector vector, long row) {
        long lower = vector.lowerAt(row);
        return new Interval((int) lower, (int) (lower >>> 32), vector.upperAt(row));
    }

    /// The upper half of a stored UUID has its first bit inverted, so that UUIDs sort as numbers.
    static UUID uuid(Vector vector, long row) {
        return new UUID(vector.upperAt(row) ^ Long.MIN_VALUE, vector.lowerAt(row));
    }

    /// The first byte says how many leading bits of the second are padding.
    static String bits(byte[] stored) {
        int padding = stored[0];
        int count = (stored.length - 1) * Byte.SIZE - padding;
        var text = new StringBuilder(count);
        for (int i = padding; i < padding + count; i++) {
            int bit = stored[1 + i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1;
            text.append(bit == 0 ? '0' : '1');
        }
        return text.toString();
    }

    /// A key of a MAP as the text that names a member in JSON.
    static String keyText(@Nullable Object key) {
        return switch (key) {
            case String text -> text;
            case LocalTime time -> Iso.text(time);
            case LocalDateTime time -> Iso.text(time);
            case OffsetDateTime time -> Iso.text(time);
            case OffsetTime time -> Iso.text(time);
            case BigDecimal number -> number.toPlainString();
            case Interval interval -> interval.isoText();
            case Double number -> new JsonBuffer(32).value(number.doubleValue()).text();
            case byte[] blob -> Blobs.text(blob);
            case List<?> list -> new JsonBuffer().any(list).text();
            case SequencedMap<?, ?> map -> new JsonBuffer().any(map).text();
            case null -> "null";
            default -> key.toString();
        };
    }

    private static List<@Nullable Object> list(Vector vector, long row) {
        long start = vector.rawListStart(row);
        int length = vector.rawListLength(row);
        List<@Nullable Object> list = new ArrayList<>(length);
        Vector items = vector.child(0);
        for (long index = start; index < start + length; index++) {
            list.add(at(items, index));
        }
        return list;
    }

    private static List<@Nullable Object> unnamed(int size, Vector vector, long row) {
        var items = new ArrayList<@Nullable Object>(size);
        for (int index = 0; index < size; index++) {
            items.add(at(vector.child(index), row));
        }
        return items;
    }

    private static SequencedMap<String, @Nullable Object> struct(
            List<Field> fields, Vector vector, long row) {
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int index = 0; index < fields.size(); index++) {
            map.put(fields.get(index).name(), at(vector.child(index), row));
        }
        return map;
    }

    private static SequencedMap<String, @Nullable Object> map(Vector vector, long row) {
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        long start = vector.rawListStart(row);
        long end = start + vector.rawListLength(row);
        for (long index = start; index < end; index++) {
            map.put(keyText(at(vector.child(0), index)), at(vector.child(1), index));
        }
        return map;
    }
}
