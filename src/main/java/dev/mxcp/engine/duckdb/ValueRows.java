package dev.mxcp.engine.duckdb;

import dev.mxcp.problem.MxcpException.EndpointFailed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads a result into plain Java values, a map per row: Boolean, Long, BigInteger, Double,
/// BigDecimal, String, LocalDate, LocalTime, LocalDateTime, OffsetDateTime, OffsetTime, Interval,
/// UUID, byte[], List, SequencedMap with text keys, null. Infinite dates are the texts `infinity`
/// and `-infinity`.
///
/// @param maxRows most rows to read; 0 for no limit
public record ValueRows(long maxRows)
        implements ResultReader<List<SequencedMap<String, @Nullable Object>>> {

    /// All rows, however many.
    public static final ValueRows ALL = new ValueRows(0);

    @Override
    public List<SequencedMap<String, @Nullable Object>> read(QueryResult result) {
        List<SequencedMap<String, @Nullable Object>> rows = new ArrayList<>();
        List<Column> columns = result.columns();
        while (result.nextChunk()) {
            if (maxRows > 0 && rows.size() + result.rowCount() > maxRows) {
                throw new EndpointFailed(
                        "The result has more than %d rows".formatted(maxRows), null);
            }
            for (int row = 0; row < result.rowCount(); row++) {
                SequencedMap<String, @Nullable Object> values = new LinkedHashMap<>();
                for (int index = 0; index < columns.size(); index++) {
                    Object value = PlainValues.at(result.vector(index), row);
                    values.put(columns.get(index).name(), value);
                }
                rows.add(values);
            }
        }
        return rows;
    }
}
