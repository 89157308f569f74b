package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Result;
import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.engine.duckdb.DuckDbException;
import dev.mxcp.engine.duckdb.JsonRows;
import dev.mxcp.engine.duckdb.Parameters;
import dev.mxcp.engine.duckdb.QueryResult;
import dev.mxcp.engine.duckdb.Session;
import dev.mxcp.engine.duckdb.ValueRows;
import dev.mxcp.problem.MxcpException.EndpointFailed;
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

    /// How large to begin: as large as the last result was. Any thread's word will do.
    private volatile int capacity = SMALL;

    /// @param maxBytes largest result
    SqlRunner(@Nullable TypeDef returns, long maxBytes) {
        this.returns = returns;
        this.output = returns == null ? null : Output.of(returns);
        this.shape = shape(output);
        this.maxBytes = maxBytes;
    }

    /// Runs the text.
    ///
    /// @param check whether to hold the result against the declaration; its shape is made in any
    ///   case (O1)
    /// @throws EndpointFailed with DuckDB's text, or what is wrong with the result
    Result run(DuckDb duckdb, String sql, Parameters parameters, CallContext call, boolean check) {
        try (Session session = duckdb.borrow(call)) {
            return session.query(sql, parameters, result -> read(result, check));
        } catch (DuckDbException failed) {
            throw new EndpointFailed("Failed to execute SQL: " + failed.getMessage(), failed);
        }
    }

    private Result read(QueryResult result, boolean check) {
        if (output == null || returns == null || !check) {
            return written(result, null);
        }
        if (needsWhole(returns)) {
            return tree(result, output);
        }
        var columns =
                new DeclaredColumns(
                        output,
                        switch (shape) {
                            case LIST -> DeclaredColumns.Rows.ITEMS;
                            case ROW -> DeclaredColumns.Rows.OBJECT;
                            case VALUE -> DeclaredColumns.Rows.VALUE;
                        });
        Result written = written(result, columns);
        return columns.complete() ? written : Results.normalised(output, written.json());
    }

    private Result written(QueryResult result, @Nullable DeclaredColumns check) {
        var json = new JsonBuffer(capacity);
        String typeName = returns == null ? "array" : returns.shape().yamlName();
        new JsonRows(shape, typeName, maxBytes, check).write(result, json);
        capacity = Math.clamp(json.size() + (json.size() >> 3), SMALL, LARGE);
        return Result.of(json);
    }

    /// The way for declarations that look at a list as a whole: rows become values first.
    private Result tree(QueryResult result, Output declared) {
        Object value = declared.shape(ValueRows.ALL.read(result), true);
        declared.check(value);
        return Results.of(declared, value);
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
