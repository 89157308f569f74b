package dev.mxcp.engine.duckdb;

import dev.mxcp.types.json.JsonBuffer;

/// Writes the value of one row of one vector as JSON. Made once per result by [Cells], so that per
/// value no type is looked at.
@FunctionalInterface
interface Cell {
    /// Writes a value that is not NULL.
    void write(long row, JsonBuffer out);

    /// The same for a vector that may hold NULL.
    static Cell nullable(Vector vector, Cell cell) {
        return (row, out) -> {
            if (vector.rawNull(row)) {
                out.nullValue();
            } else {
                cell.write(row, out);
            }
        };
    }
}
