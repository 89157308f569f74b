package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.DuckType;
import dev.mxcp.engine.duckdb.VectorWriter;
import dev.mxcp.engine.python.FunctionResults;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Puts a column of results from a worker into DuckDB's memory.
final class PluginResults {
    private static final int LONGEST_INT64_DECIMAL = 18;

    private PluginResults() {}

    /// Reads a whole column.
    static void read(FunctionResults in, VectorWriter out, int rows) {
        if (out.type() instanceof DuckType.Scalar(DuckType.Kind kind, _)) {
            for (int row = 0; row < rows; row++) {
                if (in.nextIsNull()) {
                    out.nullAt(row);
                } else {
                    scalar(kind, in, out, row);
                }
            }
        } else {
            items(in, out, 0, rows);
        }
    }

    private static void items(FunctionResults in, VectorWriter out, long from, int count) {
        for (long row = from; row < from + count; row++) {
            if (in.nextIsNull()) {
                out.nullAt(row);
            } else {
                value(in, out, row);
            }
        }
    }

    private static void value(FunctionResults in, VectorWriter out, long row) {
        switch (out.type()) {
            case DuckType.Scalar(DuckType.Kind kind, _) -> scalar(kind, in, out, row);
            case DuckType.Decimal(int width, _) when width <= LONGEST_INT64_DECIMAL && width > 9 ->
                    out.longAt(row, in.int64());
            case DuckType.ListOf _ -> {
                int length = in.list();
                items(in, out.child(0), out.listAt(row, length), length);
            }
            case DuckType.MapOf _ -> map(in, out, row);
            case DuckType.StructOf(List<DuckType.Field> fields) -> {
                expect(in, fields.size());
                for (int index = 0; index < fields.size(); index++) {
                    items(in, out.child(index), row, 1);
                }
            }
            case DuckType.Decimal _,
                    DuckType.Enumeration _,
                    DuckType.ArrayOf _,
                    DuckType.UnionOf _,
                    DuckType.Unreadable _ ->
                    throw PluginArguments.unexpected(out.type());
        }
    }

    private static void map(FunctionResults in, VectorWriter out, long row) {
        expect(in, 2);
        int length = in.list();
        long start = out.listAt(row, length);
        items(in, out.child(0), start, length);
        expect(in, length);
        items(in, out.child(1), start, length);
    }

    private static void expect(FunctionResults in, int parts) {
        int count = in.list();
        if (count != parts) {
            throw new IllegalStateException("a result of " + count + " parts instead of " + parts);
        }
    }

    private static void scalar(DuckType.Kind kind, FunctionResults in, VectorWriter out, long row) {
        switch (kind) {
            case VARCHAR -> {
                int start = in.text();
                out.bytesAt(row, in.bytes(), start, in.length());
            }
            case BLOB -> {
                int start = in.blob();
                out.bytesAt(row, in.bytes(), start, in.length());
            }
            case INTEGER, DATE -> out.intAt(row, in.int32());
            case DOUBLE -> out.doubleAt(row, in.real());
            case BOOLEAN -> out.booleanAt(row, in.bool());
            case BIGINT, TIME, TIMESTAMP -> out.longAt(row, in.int64());
            case INTERVAL -> {
                expect(in, 3);
                out.intervalAt(row, in.int32(), in.int32(), in.int64());
            }
            case UUID -> {
                int start = in.blob();
                var uuid = ByteBuffer.wrap(Arrays.copyOfRange(in.bytes(), start, start + 16));
                out.uuidAt(row, uuid.getLong(), uuid.getLong());
            }
            default -> throw PluginArguments.unexpected(out.type());
        }
    }
}
