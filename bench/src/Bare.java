import dev.mxcp.types.json.JsonBuffer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/// The limits of DuckDB: a prepared lookup, and a thousand rows read by vectors into JSON, in one thread and
/// with nothing around them. Prints CPU and wall milliseconds for one of each, all threads of the process included.
static final int WARM_UP_SECONDS = 3;

static final int SECONDS = 5;

interface Work {
    void run() throws SQLException;
}

void main() throws SQLException {
    try (var connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:")) {
        try (var setup = connection.createStatement()) {
            // project/python/bench.py makes the same table
            setup.execute(
                    """
                    CREATE TABLE item AS
                    SELECT i::INTEGER AS id, 'item number ' || i AS name, i / 7 AS price, i * 31 AS stock,
                           DATE '2026-01-01' + (i % 365)::INTEGER AS added
                    FROM range(1, 100001) AS r(i)""");
            setup.execute("ALTER TABLE item ADD PRIMARY KEY (id)");
        }
        var buffer = new JsonBuffer(1 << 18);
        String columns = "SELECT id, name, price, stock, added FROM item WHERE id ";
        try (var lookup = (DuckDBPreparedStatement) connection.prepareStatement(columns + "= ?");
                var rows = (DuckDBPreparedStatement) connection.prepareStatement(columns + "BETWEEN ? AND ?")) {
            measure(
                    "lookup",
                    () -> {
                        lookup.setInt(1, ThreadLocalRandom.current().nextInt(1, 100_001));
                        try (var result = lookup.executeQuery()) {
                            result.next();
                            buffer.clear();
                            buffer.value(result.getInt(1)).value(result.getString(2)).value(result.getDouble(3));
                            buffer.value(result.getLong(4)).value(result.getObject(5).toString());
                        }
                    });
            measure(
                    "rows",
                    () -> {
                        int first = ThreadLocalRandom.current().nextInt(1, 99_000);
                        rows.setInt(1, first);
                        rows.setInt(2, first + 999);
                        try (DuckDBChunkedResult result = rows.query()) {
                            buffer.clear();
                            write(result, buffer);
                        }
                    });
        }
    }
}

static void write(DuckDBChunkedResult result, JsonBuffer out) {
    out.raw('[');
    while (result.nextChunk()) {
        DuckDBDataChunkReader chunk = result.chunk();
        DuckDBReadableVector id = chunk.vector(0);
        DuckDBReadableVector name = chunk.vector(1);
        DuckDBReadableVector price = chunk.vector(2);
        DuckDBReadableVector stock = chunk.vector(3);
        DuckDBReadableVector added = chunk.vector(4);
        for (long row = 0; row < chunk.rowCount(); row++) {
            out.raw("{\"id\":").value(id.getInt(row)).raw(",\"name\":").value(name.getString(row));
            out.raw(",\"price\":").value(price.getDouble(row)).raw(",\"stock\":").value(stock.getLong(row));
            out.raw(",\"added\":").value(added.getLocalDate(row).toString()).raw("},");
        }
    }
    out.raw(']');
}

static void measure(String name, Work work) throws SQLException {
    repeat(work, WARM_UP_SECONDS);
    long cpu = cpuNanos();
    long start = System.nanoTime();
    long count = repeat(work, SECONDS);
    double wall = (System.nanoTime() - start) / 1e6 / count;
    IO.println(
            String.format(
                    Locale.ROOT,
                    "RESULT {\"name\": \"%s\", \"cpu_ms\": %.4f, \"wall_ms\": %.4f}",
                    name,
                    (cpuNanos() - cpu) / 1e6 / count,
                    wall));
}

static long repeat(Work work, int seconds) throws SQLException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long count = 0;
    while (System.nanoTime() < end) {
        work.run();
        count++;
    }
    return count;
}

static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
}
