package dev.mxcp.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.engine.call.Result;
import dev.mxcp.engine.duckdb.JsonRows.Shape;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.json.JsonBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// O2: shapes, limits and checks of results.
class JsonRowsTest {
    private static DuckDb database;

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void gives_the_only_row_as_an_object() {
        assertThat(write(Shape.ROW, "object", "SELECT 1 AS a, 'x' AS b"))
                .isEqualTo("OBJECT {\"a\":1,\"b\":\"x\"}");
        failsWith(Shape.ROW, "object", "SELECT 1 AS a WHERE false", "No results returned");
        failsWith(
                Shape.ROW,
                "object",
                "FROM range(5000)",
                "Expected single result for return type 'object', but got 5000 results");
    }

    @Test
    void gives_the_only_value() {
        assertThat(write(Shape.VALUE, "string", "SELECT 'x' AS b")).isEqualTo("TEXT \"x\"");
        assertThat(write(Shape.VALUE, "number", "SELECT 1.5::DOUBLE AS b")).isEqualTo("SCALAR 1.5");
        assertThat(write(Shape.VALUE, "string", "SELECT NULL AS b")).isEqualTo("NULL null");
        failsWith(Shape.VALUE, "string", "SELECT 1 AS a WHERE false", "No results returned");
        failsWith(
                Shape.VALUE,
                "string",
                "SELECT 1 AS a, 2 AS b",
                "Expected single value for return type 'string', but got 2 values");
        failsWith(
                Shape.VALUE,
                "string",
                "SELECT 1 AS a, 2 AS b FROM range(3)",
                "Expected single result for return type 'string', but got 3 results");
    }

    @Test
    void stops_at_the_limit() {
        var rows = new JsonRows(Shape.LIST, "array", 10_000, null);
        long start = System.nanoTime();
        assertThatThrownBy(() ->
                        write(rows, "SELECT range AS n, 'some text' AS t FROM range(2000000000)"))
                .isInstanceOf(EndpointFailed.class)
                .hasMessageContaining("10000 bytes");
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    @Test
    void asks_for_each_column_then_for_each_value() {
        List<String> asked = new ArrayList<>();
        var check =
                new ResultCheck() {
                    @Override
                    public void columns(List<Column> columns) {
                        asked.add(columns.size() + " columns");
                    }

                    @Override
                    public @Nullable ColumnCheck column(Column column) {
                        return column.name().equals("b")
                                ? (row, value) -> asked.add(row + "=" + value)
                                : null;
                    }
                };
        var rows = new JsonRows(Shape.LIST, "array", 0, check);
        assertThat(
                        write(
                                rows,
                                "SELECT i AS a, CASE WHEN i <> 1 THEN [i] END AS b FROM range(3) r(i)"))
                .isEqualTo("LIST [{\"a\":0,\"b\":[0]},{\"a\":1,\"b\":null},{\"a\":2,\"b\":[2]}]");
        assertThat(asked).containsExactly("2 columns", "0=[0]", "1=null", "2=[2]");
    }

    @Test
    void reads_plain_rows_up_to_a_number() {
        try (Session session = database.borrow(Databases.call())) {
            assertThat(session.query("FROM range(3)", Parameters.none(), new ValueRows(3)))
                    .hasSize(3);
            assertThatThrownBy(() ->
                            session.query("FROM range(4)", Parameters.none(), new ValueRows(3)))
                    .isInstanceOf(EndpointFailed.class);
        }
    }

    private static String write(Shape shape, String type, String sql) {
        return write(new JsonRows(shape, type, 0, null), sql);
    }

    private static String write(JsonRows rows, String sql) {
        var out = new JsonBuffer().raw("before");
        try (Session session = database.borrow(Databases.call())) {
            Result.Kind kind =
                    session.query(sql, Parameters.none(), result -> rows.write(result, out));
            assertThat(out.text()).startsWith("before");
            return kind + " " + out.text().substring("before".length());
        }
    }

    private static void failsWith(Shape shape, String type, String sql, String message) {
        assertThatThrownBy(() -> write(shape, type, sql))
                .isInstanceOf(EndpointFailed.class)
                .hasMessage(message);
    }
}
