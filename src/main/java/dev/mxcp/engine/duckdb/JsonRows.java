package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.call.Result;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.json.JsonBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a result as JSON, straight from the vectors: the list of its rows as objects, or what a
/// declared type makes of them (O2). Holds no state: one object may serve many results.
///
/// @param shape what to write
/// @param typeName the declared type, as messages name it
/// @param maxBytes most bytes to write; 0 for no limit
/// @param check what the declared type demands; null for nothing
public record JsonRows(Shape shape, String typeName, long maxBytes, @Nullable ResultCheck check) {

    /// What becomes of the rows.
    public enum Shape {
        /// All of them, in a list.
        LIST,
        /// The only row, as an object; no row and several are failures.
        ROW,
        /// The only value of the only row.
        VALUE
    }

    /// All rows in a list, without checks.
    public static JsonRows list(long maxBytes) {
        return new JsonRows(Shape.LIST, "array", maxBytes, null);
    }

    /// Writes the result behind what the buffer holds.
    ///
    /// @return what was written
    /// @throws EndpointFailed when the rows do not have the shape, or the JSON is too large
    public Result.Kind write(QueryResult result, JsonBuffer out) {
        if (check != null) {
            check.columns(result.columns());
        }
        return shape == Shape.LIST ? writeList(result, out) : writeSingle(result, out);
    }

    private Result.Kind writeList(QueryResult result, JsonBuffer out) {
        Cell[] cells = null;
        byte[][] leads = null;
        int start = out.size();
        long total = 0;
        out.raw('[');
        while (result.nextChunk()) {
            if (cells == null || leads == null) {
                cells = cells(result);
                leads = leads(result.columns());
            }
            int rows = result.rowCount();
            for (int row = 0; row < rows; row++) {
                if (total++ > 0) {
                    out.raw(',');
                }
                Cells.object(cells, leads, row, out);
                limit(out.size() - start);
            }
        }
        out.raw(']');
        return Result.Kind.LIST;
    }

    /// A part of a list.
    ///
    /// @param offset rows before it
    /// @param rows most of it
    /// @param bytes most of its JSON
    public record Part(long offset, long rows, long bytes) {}

    /// What was written of a part.
    ///
    /// @param more whether rows follow
    public record Written(long rows, boolean more) {}

    /// Writes a part of the list behind what the buffer holds. At least one row is written if there
    /// is one.
    public Written writePart(QueryResult result, Part part, JsonBuffer out) {
        if (check != null) {
            check.columns(result.columns());
        }
        Cell[] cells = null;
        byte[][] leads = leads(result.columns());
        int start = out.size();
        long seen = 0;
        long written = 0;
        out.raw('[');
        while (result.nextChunk()) {
            cells = cells == null ? cells(result) : cells;
            for (int row = 0; row < result.rowCount(); row++) {
                if (seen++ < part.offset()) {
                    continue;
                }
                int before = out.size();
                if (written > 0) {
                    out.raw(',');
                }
                Cells.object(cells, leads, row, out);
                boolean fits = written < part.rows() && out.size() - start < part.bytes();
                if (!fits && written > 0) {
                    out.truncate(before);
                    out.raw(']');
                    return new Written(written, true);
                }
                limit(out.size() - start);
                written++;
            }
        }
        out.raw(']');
        return new Written(written, false);
    }

    private Result.Kind writeSingle(QueryResult result, JsonBuffer out) {
        if (!result.nextChunk()) {
            throw new EndpointFailed("No results returned", null);
        }
        int columns = result.columns().size();
        boolean oneValue = shape == Shape.VALUE;
        if (result.rowCount() == 1 && oneValue && columns != 1) {
            failIfMore(result);
            throw new EndpointFailed(
                    "Expected single value for return type '%s', but got %d values"
                            .formatted(typeName, columns),
                    null);
        }
        int start = out.size();
        Cell[] cells = cells(result);
        if (oneValue && columns > 0) {
            cells[0].write(0, out);
        } else {
            Cells.object(cells, leads(result.columns()), 0, out);
        }
        limit(out.size() - start);
        Result.Kind kind = kind(out.array()[start]);
        failIfMore(result);
        return kind;
    }

    private void failIfMore(QueryResult result) {
        long rows = result.rowCount();
        while (result.nextChunk()) {
            rows += result.rowCount();
        }
        if (rows > 1) {
            throw new EndpointFailed(
                    "Expected single result for return type '%s', but got %d results"
                            .formatted(typeName, rows),
                    null);
        }
    }

    private void limit(int written) {
        if (maxBytes > 0 && written > maxBytes) {
            throw tooLarge(maxBytes);
        }
    }

    static EndpointFailed tooLarge(long maxBytes) {
        return new EndpointFailed(
                "The result is larger than the limit of %d bytes (limits.result_size); ask for fewer rows or columns"
                        .formatted(maxBytes),
                null);
    }

    private Cell[] cells(QueryResult result) {
        List<Column> columns = result.columns();
        var cells = new Cell[columns.size()];
        for (int index = 0; index < cells.length; index++) {
            Vector vector = result.vector(index);
            Cell cell = Cells.of(vector);
            ColumnCheck wanted = check == null ? null : check.column(columns.get(index));
            cells[index] = wanted == null ? cell : new Checked(vector, cell, wanted);
        }
        return cells;
    }

    private static byte[][] leads(List<Column> columns) {
        return Cells.leads(columns.stream().map(Column::name).toList());
    }

    private static Result.Kind kind(byte first) {
        return switch (first) {
            case 'n' -> Result.Kind.NULL;
            case '"' -> Result.Kind.TEXT;
            case '{' -> Result.Kind.OBJECT;
            case '[' -> Result.Kind.LIST;
            default -> Result.Kind.SCALAR;
        };
    }

    /// A cell whose values are looked at before they are written; rows are counted over all chunks.
    private static final class Checked implements Cell {
        private final Vector vector;
        private final Cell cell;
        private final ColumnCheck check;
        private long total;

        Checked(Vector vector, Cell cell, ColumnCheck check) {
            this.vector = vector;
            this.cell = cell;
            this.check = check;
        }

        @Override
        public void write(long row, JsonBuffer out) {
            check.check(total++, PlainValues.at(vector, row));
            cell.write(row, out);
        }
    }
}
