package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.Column;
import dev.mxcp.engine.duckdb.ColumnCheck;
import dev.mxcp.engine.duckdb.DuckType;
import dev.mxcp.engine.duckdb.ResultCheck;
import dev.mxcp.types.Output;
import dev.mxcp.types.ValueCheck;
import dev.mxcp.types.ValueKind;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds a declared `return` against the columns of an SQL result (O3): by the columns' types where
/// these suffice, value by value only where they do not. For one result, on one thread.
final class DeclaredColumns implements ResultCheck {

    /// What becomes of the rows, see O2.
    enum Rows {
        /// Each is an item of the list.
        ITEMS,
        /// The only one is the object.
        OBJECT,
        /// The only value of the only one is the scalar.
        VALUE
    }

    private final Output output;
    private final Rows rows;
    private final ValueCheck row;
    private @Nullable String everyRow;
    private boolean complete = true;

    DeclaredColumns(Output output, Rows rows) {
        this.output = output;
        this.rows = rows;
        this.row = rows == Rows.ITEMS ? output.values().items() : output.values();
    }

    /// Whether no declared member is absent, so that structured content needs no filling. Known
    /// after [#columns].
    boolean complete() {
        return complete;
    }

    @Override
    public void columns(List<Column> columns) {
        if (rows == Rows.VALUE) {
            return;
        }
        var kinds = new LinkedHashMap<String, ValueKind>();
        var empty = new LinkedHashMap<String, @Nullable Object>();
        for (Column column : columns) {
            kinds.put(column.name(), kind(column.type()));
            empty.put(column.name(), null);
        }
        // null passes as any value, so what fails here fails for every row: names, or rows that are
        // no objects
        everyRow = row.problem(empty);
        ValueKind members = new ValueKind.Objects(kinds);
        complete = output.lacksNothing(rows == Rows.ITEMS ? new ValueKind.Lists(members) : members);
    }

    @Override
    public @Nullable ColumnCheck column(Column column) {
        if (everyRow != null) {
            String problem = rows == Rows.ITEMS ? "Array item 0: " + everyRow : everyRow;
            return (_, _) -> {
                throw Output.failure(problem);
            };
        }
        ValueCheck check = rows == Rows.VALUE ? row : row.property(column.name());
        if (check.admitsAll(kind(column.type()))) {
            return null;
        }
        return (number, value) -> {
            String problem = check.problem(value);
            if (problem != null) {
                throw Output.failure(place(number, column) + problem);
            }
        };
    }

    private String place(long number, Column column) {
        return switch (rows) {
            case VALUE -> "";
            case OBJECT -> "Property '" + column.name() + "': ";
            case ITEMS -> "Array item " + number + ": Property '" + column.name() + "': ";
        };
    }

    /// The kind of value that a DuckDB type shows as (O4).
    static ValueKind kind(DuckType type) {
        return switch (type) {
            case DuckType.Scalar(DuckType.Kind kind, _) -> scalar(kind);
            case DuckType.Decimal(_, int scale) ->
                    scale == 0 ? ValueKind.Scalar.INTEGER : ValueKind.Scalar.NUMBER;
            case DuckType.Enumeration _ -> ValueKind.Scalar.TEXT;
            case DuckType.ListOf(DuckType items) -> new ValueKind.Lists(kind(items));
            case DuckType.ArrayOf(DuckType items, _) -> new ValueKind.Lists(kind(items));
            case DuckType.StructOf struct when struct.unnamed() ->
                    new ValueKind.Lists(new ValueKind.Unknown());
            case DuckType.StructOf(List<DuckType.Field> fields) -> {
                var members = new LinkedHashMap<String, ValueKind>();
                fields.forEach(field -> members.put(field.name(), kind(field.type())));
                yield new ValueKind.Objects(members);
            }
            case DuckType.MapOf(_, DuckType values) -> new ValueKind.Maps(kind(values));
            case DuckType.UnionOf _, DuckType.Unreadable _ -> new ValueKind.Unknown();
        };
    }

    private static ValueKind scalar(DuckType.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> ValueKind.Scalar.BOOLEAN;
            case TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    UTINYINT,
                    USMALLINT,
                    UINTEGER,
                    UBIGINT,
                    HUGEINT,
                    UHUGEINT,
                    BIGNUM ->
                    ValueKind.Scalar.INTEGER;
            case FLOAT, DOUBLE -> ValueKind.Scalar.NUMBER;
            case VARCHAR, BLOB, BIT, UUID -> ValueKind.Scalar.TEXT;
            case DATE,
                    TIME,
                    TIME_NS,
                    TIME_TZ,
                    TIMESTAMP,
                    TIMESTAMP_S,
                    TIMESTAMP_MS,
                    TIMESTAMP_NS,
                    TIMESTAMP_TZ,
                    TIMESTAMP_TZ_NS,
                    INTERVAL ->
                    ValueKind.Scalar.TEMPORAL;
            case NULL, UNKNOWN -> new ValueKind.Unknown();
        };
    }
}
