package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.DuckType;
import dev.mxcp.engine.duckdb.Vector;
import dev.mxcp.engine.python.FunctionArguments;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/// Sends columns of arguments to a worker, from DuckDB's memory.
final class PluginArguments {
    private PluginArguments() {}

    /// Writes a whole column.
    static void write(Vector vector, int rows, FunctionArguments out) {
        if (vector.type() instanceof DuckType.Scalar(DuckType.Kind kind, _)) {
            for (int row = 0; row < rows; row++) {
                if (vector.isNull(row)) {
                    out.nullValue();
                } else {
                    scalar(kind, vector, row, out);
                }
            }
        } else {
            items(vector, 0, rows, out);
        }
    }

    private static void items(Vector vector, long from, int count, FunctionArguments out) {
        for (long row = from; row < from + count; row++) {
            if (vector.isNull(row)) {
                out.nullValue();
            } else {
                value(vector, row, out);
            }
        }
    }

    private static void value(Vector vector, long row, FunctionArguments out) {
        switch (vector.type()) {
            case DuckType.Scalar(DuckType.Kind kind, _) -> scalar(kind, vector, row, out);
            case DuckType.Decimal(_, int scale) -> {
                if (vector.valueAt(row) instanceof BigDecimal decimal) {
                    out.integer(decimal.setScale(scale).unscaledValue());
                }
            }
            case DuckType.ListOf _ -> list(vector, 0, row, out);
            case DuckType.MapOf _ -> {
                out.list(2);
                list(vector, 0, row, out);
                list(vector, 1, row, out);
            }
            case DuckType.StructOf(List<DuckType.Field> fields) -> {
                out.list(fields.size());
                for (int index = 0; index < fields.size(); index++) {
                    items(vector.child(index), row, 1, out);
                }
            }
            case DuckType.Enumeration _,
                    DuckType.ArrayOf _,
                    DuckType.UnionOf _,
                    DuckType.Unreadable _ ->
                    throw unexpected(vector.type());
        }
    }

    private static void list(Vector vector, int part, long row, FunctionArguments out) {
        int length = vector.listLength(row);
        out.list(length);
        items(vector.child(part), vector.listStart(row), length, out);
    }

    private static void scalar(DuckType.Kind kind, Vector vector, long row, FunctionArguments out) {
        switch (kind) {
            case VARCHAR -> {
                int at = out.text(vector.bytesLength(row));
                vector.copyBytes(row, out.room(), at);
            }
            case BLOB -> {
                int at = out.blob(vector.bytesLength(row));
                vector.copyBytes(row, out.room(), at);
            }
            case INTEGER, DATE -> out.integer(vector.intAt(row));
            case DOUBLE -> out.real(vector.doubleAt(row));
            case BOOLEAN -> out.bool(vector.booleanAt(row));
            case BIGINT, TIME, TIMESTAMP -> out.integer(vector.longAt(row));
            case INTERVAL -> {
                long lower = vector.lowerAt(row);
                int months = (int) lower;
                int days = (int) (lower >>> Integer.SIZE);
                out.list(3);
                out.integer(months);
                out.integer(days);
                out.integer(vector.upperAt(row));
            }
            case UUID -> {
                if (vector.valueAt(row) instanceof UUID uuid) {
                    out.uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
                }
            }
            default -> throw unexpected(vector.type());
        }
    }

    /// No annotation stands for such a type.
    static IllegalStateException unexpected(DuckType type) {
        return new IllegalStateException("a SQL function in Python with type " + type.sqlName());
    }
}
