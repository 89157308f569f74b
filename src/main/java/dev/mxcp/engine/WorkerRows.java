package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.Column;
import dev.mxcp.engine.duckdb.DuckType;
import dev.mxcp.engine.duckdb.QueryResult;
import dev.mxcp.engine.duckdb.ResultReader;
import dev.mxcp.engine.duckdb.Vector;
import dev.mxcp.engine.python.ReplyColumn;
import dev.mxcp.engine.python.ReplyColumn.Form;
import dev.mxcp.engine.python.ReplyWriter;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sends the rows of a result to a worker, column by column from the vectors (R3.7, R9.1.1).
record WorkerRows(ReplyWriter reply) implements ResultReader<Boolean> {

    /// @return true, always: a reader has to give something
    @Override
    public Boolean read(QueryResult result) {
        List<Column> columns = result.columns();
        var described = new ArrayList<ReplyColumn>(columns.size());
        for (Column column : columns) {
            described.add(described(column, result));
        }
        if (!columns.isEmpty()) {
            reply.columns(described);
        }
        while (result.nextChunk()) {
            reply.chunk(result.rowCount());
            for (int index = 0; index < columns.size(); index++) {
                reply.column();
                Vector vector = result.vector(index);
                column(columns.get(index).type(), vector, result.rowCount());
            }
        }
        return true;
    }

    /// A column of a result that is not there yet.
    static ReplyColumn described(Column column) {
        return ReplyColumn.of(column.name(), column.type().quotedName(), Form.ANY);
    }

    private static ReplyColumn described(Column column, QueryResult result) {
        String name = column.name();
        String type = column.type().quotedName();
        return switch (column.type()) {
            case DuckType.Decimal(_, int scale) -> ReplyColumn.decimal(name, type, scale);
            case DuckType.Scalar(DuckType.Kind kind, _) when kind == DuckType.Kind.TIMESTAMP_TZ ->
                    ReplyColumn.timestampTz(name, type, result.zone().getId());
            case DuckType.Scalar(DuckType.Kind kind, _) -> ReplyColumn.of(name, type, form(kind));
            case DuckType.Enumeration _ -> ReplyColumn.of(name, type, Form.PLAIN);
            case DuckType.ListOf _,
                    DuckType.ArrayOf _,
                    DuckType.StructOf _,
                    DuckType.MapOf _,
                    DuckType.UnionOf _,
                    DuckType.Unreadable _ ->
                    // values inside may be shown in the session's time zone
                    new ReplyColumn(
                            name,
                            type,
                            Form.ANY,
                            type.contains("WITH TIME ZONE") ? result.zone().getId() : "");
        };
    }

    private static Form form(DuckType.Kind kind) {
        return switch (kind) {
            case DATE -> Form.DATE;
            case TIME -> Form.TIME;
            case TIMESTAMP -> Form.TIMESTAMP;
            case TIMESTAMP_NS -> Form.TIMESTAMP_NS;
            case UUID -> Form.UUID;
            case INTERVAL -> Form.ANY;
            case TIME_NS, TIME_TZ, TIMESTAMP_S, TIMESTAMP_MS, TIMESTAMP_TZ, TIMESTAMP_TZ_NS ->
                    Form.ANY;
            default -> Form.PLAIN;
        };
    }

    private void column(DuckType type, Vector vector, int rows) {
        for (int row = 0; row < rows; row++) {
            nullable(type, vector, row);
        }
    }

    private void nullable(DuckType type, Vector vector, int row) {
        if (vector.isNull(row)) {
            reply.nullValue();
        } else {
            value(type, vector, row);
        }
    }

    private void value(DuckType type, Vector vector, int row) {
        switch (type) {
            case DuckType.Scalar(DuckType.Kind kind, _) -> scalar(kind, vector, row);
            case DuckType.Decimal(_, int scale) -> decimal(vector.valueAt(row), scale);
            case DuckType.Enumeration _ -> reply.text(vector.textAt(row));
            case DuckType.ListOf(DuckType items) -> {
                reply.list(vector.listLength(row));
                elements(items, vector, 0, row);
            }
            case DuckType.ArrayOf(DuckType items, _) -> {
                reply.array(vector.listLength(row));
                elements(items, vector, 0, row);
            }
            case DuckType.MapOf(DuckType keys, DuckType values) -> {
                reply.map();
                reply.list(vector.listLength(row));
                elements(keys, vector, 0, row);
                reply.list(vector.listLength(row));
                elements(values, vector, 1, row);
            }
            case DuckType.StructOf struct -> struct(struct, vector, row);
            case DuckType.UnionOf _ -> {
                Vector member = vector.member(row);
                nullable(member.type(), member, row);
            }
            case DuckType.Unreadable _ -> reply.any(vector.valueAt(row));
        }
    }

    private void elements(DuckType type, Vector vector, int part, int row) {
        long start = vector.listStart(row);
        Vector child = vector.child(part);
        for (int i = 0; i < vector.listLength(row); i++) {
            nullable(type, child, (int) start + i);
        }
    }

    private void struct(DuckType.StructOf type, Vector vector, int row) {
        List<DuckType.Field> fields = type.fields();
        if (type.unnamed()) { // a tuple, as in DuckDB's own package
            reply.array(fields.size());
            for (int i = 0; i < fields.size(); i++) {
                nullable(fields.get(i).type(), vector.child(i), row);
            }
            return;
        }
        reply.struct();
        for (int i = 0; i < fields.size(); i++) {
            reply.text(fields.get(i).name());
            nullable(fields.get(i).type(), vector.child(i), row);
        }
        reply.endStruct();
    }

    private void scalar(DuckType.Kind kind, Vector vector, int row) {
        switch (kind) {
            case BOOLEAN -> reply.bool(vector.booleanAt(row));
            case TINYINT -> reply.integer(vector.byteAt(row));
            case SMALLINT -> reply.integer(vector.shortAt(row));
            case INTEGER -> reply.integer(vector.intAt(row));
            case BIGINT -> reply.integer(vector.longAt(row));
            case UTINYINT -> reply.integer(vector.byteAt(row) & 0xFFL);
            case USMALLINT -> reply.integer(vector.shortAt(row) & 0xFFFFL);
            case UINTEGER -> reply.integer(vector.intAt(row) & 0xFFFF_FFFFL);
            case FLOAT -> reply.real(vector.floatAt(row));
            case DOUBLE -> reply.real(vector.doubleAt(row));
            case VARCHAR -> {
                byte[] utf8 = vector.bytesAt(row);
                reply.text(MemorySegment.ofArray(utf8), 0, utf8.length);
            }
            case BLOB -> reply.blob(vector.bytesAt(row));
            case DATE -> reply.date(vector.intAt(row));
            case TIME -> reply.time(vector.longAt(row));
            case TIMESTAMP -> reply.timestamp(vector.longAt(row));
            case TIMESTAMP_NS -> reply.timestampNanos(vector.longAt(row));
            case TIMESTAMP_TZ -> reply.timestampTz(vector.longAt(row));
            case INTERVAL -> {
                long lower = vector.lowerAt(row);
                reply.interval((int) lower, (int) (lower >>> 32), vector.upperAt(row));
            }
            case UUID -> {
                if (vector.valueAt(row) instanceof UUID uuid) {
                    reply.uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
                }
            }
            case UBIGINT, HUGEINT, UHUGEINT, BIGNUM -> whole(vector.valueAt(row));
            case BIT -> reply.text(String.valueOf(vector.valueAt(row)));
            case TIME_NS, TIME_TZ, TIMESTAMP_S, TIMESTAMP_MS, TIMESTAMP_TZ_NS, UNKNOWN, NULL ->
                    reply.any(vector.valueAt(row));
        }
    }

    private void whole(@Nullable Object number) {
        if (number instanceof BigInteger big) {
            reply.integer(big);
        } else if (number instanceof Long small) {
            reply.integer(small);
        }
    }

    private void decimal(@Nullable Object value, int scale) {
        if (value instanceof BigDecimal decimal) {
            reply.decimal(decimal.setScale(scale).unscaledValue(), scale);
        }
    }
}
