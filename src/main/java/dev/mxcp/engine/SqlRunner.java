package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Page;
import dev.mxcp.engine.call.Result;
import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.engine.duckdb.DuckDbException;
import dev.mxcp.engine.duckdb.DuckType;
import dev.mxcp.engine.duckdb.JsonRows;
import dev.mxcp.engine.duckdb.Parameters;
import dev.mxcp.engine.duckdb.QueryResult;
import dev.mxcp.engine.duckdb.Session;
import dev.mxcp.engine.duckdb.ValueRows;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.project.Presentation.Delivery;
import dev.mxcp.types.Output;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/// Runs SQL text on a session of the pool and gives its last statement's rows the declared shape
/// (Q2, O2, O3). For any number of threads.
final class SqlRunner {
    private static final int SMALL = 1 << 10;
    private static final int LARGE = 1 << 20;

    private final @Nullable TypeDef returns;
    private final @Nullable Output output;
    private final JsonRows.Shape shape;
    private final long maxBytes;
    private final Delivery delivery;
    private final @Nullable Media media;

    /// How large to begin: as large as the last result was. Any thread's word will do.
    private volatile int capacity = SMALL;

    /// For SQL that no endpoint declares.
    ///
    /// @param maxBytes largest result
    SqlRunner(@Nullable TypeDef returns, long maxBytes) {
        this(returns, maxBytes, Delivery.WHOLE, null);
    }

    /// @param maxBytes largest result
    /// @param delivery how much of a list is sent
    /// @param media what bytes are; null where they are not sent as such
    SqlRunner(@Nullable TypeDef returns, long maxBytes, Delivery delivery, @Nullable Media media) {
        this.returns = returns;
        this.output = returns == null ? null : Output.of(returns);
        this.shape = shape(output);
        this.maxBytes = maxBytes;
        this.delivery = delivery;
        this.media = media;
    }

    /// Runs the text.
    ///
    /// @param check whether to hold the result against the declaration; its shape is made in any
    ///   case (O1)
    /// @throws EndpointFailed with DuckDB's text, or what is wrong with the result
    Result run(DuckDb duckdb, String sql, Parameters parameters, CallContext call, boolean check) {
        return run(duckdb, sql, parameters, Cursor.START, call, check);
    }

    /// Runs the text.
    ///
    /// @param from where the list begins that is sent
    /// @param check as above
    Result run(
            DuckDb duckdb,
            String sql,
            Parameters parameters,
            Cursor from,
            CallContext call,
            boolean check) {
        try (Session session = duckdb.borrow(call)) {
            return session.query(sql, parameters, result -> read(result, from, check));
        } catch (DuckDbException failed) {
            throw new EndpointFailed("Failed to execute SQL: " + failed.getMessage(), failed);
        }
    }

    private Result read(QueryResult result, Cursor from, boolean check) {
        if (media != null && holdsBytes(result)) {
            return media.result(ValueRows.ALL.read(result));
        }
        if (output == null || returns == null || !check) {
            return written(result, from, null);
        }
        if (needsWhole(returns)) {
            return tree(result, output, from);
        }
        var columns =
                new DeclaredColumns(
                        output,
                        switch (shape) {
                            case LIST -> DeclaredColumns.Rows.ITEMS;
                            case ROW -> DeclaredColumns.Rows.OBJECT;
                            case VALUE -> DeclaredColumns.Rows.VALUE;
                        });
        Result written = written(result, from, columns);
        if (columns.complete()) {
            return written;
        }
        Result normal = Results.normalised(output, written.json());
        return written.page() == null ? normal : normal.with(written.page());
    }

    private static boolean holdsBytes(QueryResult result) {
        return result.columns().size() == 1
                && result.columns().getFirst().type() instanceof DuckType.Scalar(var kind, _)
                && kind == DuckType.Kind.BLOB;
    }

    private Result written(QueryResult result, Cursor from, @Nullable DeclaredColumns check) {
        var json = new JsonBuffer(capacity);
        String typeName = returns == null ? "array" : returns.shape().yamlName();
        var rows = new JsonRows(shape, typeName, maxBytes, check);
        if (shape == JsonRows.Shape.LIST && !delivery.equals(Delivery.WHOLE)) {
            JsonRows.Written written = rows.writePart(result, ListParts.of(delivery, from), json);
            Page page = ListParts.page(written.rows(), written.more(), delivery, from);
            return page == null ? Result.of(json) : Result.of(json).with(page);
        }
        rows.write(result, json);
        capacity = Math.clamp(json.size() + (json.size() >> 3), SMALL, LARGE);
        return Result.of(json);
    }

    /// The way for declarations that look at a list as a whole: rows become values first.
    private Result tree(QueryResult result, Output declared, Cursor from) {
        Object value = declared.shape(ValueRows.ALL.read(result), true);
        declared.check(value);
        return ListParts.of(value, delivery, from, part -> Results.of(declared, part));
    }

    private static boolean needsWhole(TypeDef returns) {
        if (returns.enumeration() != null && !(returns.shape() instanceof TypeDef.Text)) {
            return true;
        }
        return returns.shape() instanceof TypeDef.ListOf list
                && (list.uniqueItems()
                        || list.minItems() != null
                        || list.maxItems() != null
                        || (list.items() != null && list.items().enumeration() != null));
    }

    private static JsonRows.Shape shape(@Nullable Output output) {
        if (output == null || !output.wantsSingle()) {
            return JsonRows.Shape.LIST;
        }
        return output.wantsSingleValue() ? JsonRows.Shape.VALUE : JsonRows.Shape.ROW;
    }
}
