package dev.mxcp.engine.duckdb;

import java.lang.foreign.MemorySegment;

/// The C functions of statements. Methods are named as in C; a `boolean` result says whether the
/// call succeeded. `out` receives one pointer, `handle` holds the one to destroy.
final class StatementCalls {
    private final NativeFunction extractStatements;
    private final NativeFunction extractStatementsError;
    private final NativeFunction prepareExtractedStatement;
    private final NativeFunction destroyExtracted;
    private final NativeFunction prepare;
    private final NativeFunction prepareError;
    private final NativeFunction destroyPrepare;
    private final NativeFunction nparams;
    private final NativeFunction parameterName;
    private final NativeFunction paramLogicalType;
    private final NativeFunction preparedStatementType;
    private final NativeFunction preparedStatementColumnCount;
    private final NativeFunction preparedStatementColumnName;
    private final NativeFunction preparedStatementColumnLogicalType;
    private final NativeFunction bindParameterIndex;
    private final NativeFunction bindValue;
    private final NativeFunction bindNull;
    private final NativeFunction bindBoolean;
    private final NativeFunction bindInt32;
    private final NativeFunction bindInt64;
    private final NativeFunction bindDouble;
    private final NativeFunction bindVarcharLength;
    private final NativeFunction clearBindings;
    private final NativeFunction pendingPreparedStreaming;
    private final NativeFunction pendingError;
    private final NativeFunction destroyPending;
    private final NativeFunction executePending;
    private final NativeFunction getTableNames;

    StatementCalls(CApi.Library library) {
        extractStatements = library.function("duckdb_extract_statements");
        extractStatementsError = library.function("duckdb_extract_statements_error");
        prepareExtractedStatement = library.function("duckdb_prepare_extracted_statement");
        destroyExtracted = library.function("duckdb_destroy_extracted");
        prepare = library.function("duckdb_prepare");
        prepareError = library.function("duckdb_prepare_error");
        destroyPrepare = library.function("duckdb_destroy_prepare");
        nparams = library.function("duckdb_nparams");
        parameterName = library.function("duckdb_parameter_name");
        paramLogicalType = library.function("duckdb_param_logical_type");
        preparedStatementType = library.function("duckdb_prepared_statement_type");
        preparedStatementColumnCount = library.function("duckdb_prepared_statement_column_count");
        preparedStatementColumnName = library.function("duckdb_prepared_statement_column_name");
        preparedStatementColumnLogicalType =
                library.function("duckdb_prepared_statement_column_logical_type");
        bindParameterIndex = library.function("duckdb_bind_parameter_index");
        bindValue = library.function("duckdb_bind_value");
        bindNull = library.function("duckdb_bind_null");
        bindBoolean = library.function("duckdb_bind_boolean");
        bindInt32 = library.function("duckdb_bind_int32");
        bindInt64 = library.function("duckdb_bind_int64");
        bindDouble = library.function("duckdb_bind_double");
        bindVarcharLength = library.function("duckdb_bind_varchar_length");
        clearBindings = library.function("duckdb_clear_bindings");
        pendingPreparedStreaming = library.function("duckdb_pending_prepared_streaming");
        pendingError = library.function("duckdb_pending_error");
        destroyPending = library.function("duckdb_destroy_pending");
        executePending = library.function("duckdb_execute_pending");
        getTableNames = library.function("duckdb_get_table_names");
    }

    long extractStatements(long connection, MemorySegment sql, MemorySegment out) {
        return extractStatements.call(connection, sql.address(), out.address());
    }

    String extractStatementsError(long extracted) {
        return Memory.cString(extractStatementsError.call(extracted));
    }

    boolean prepareExtractedStatement(
            long connection, long extracted, long index, MemorySegment out) {
        return (int) prepareExtractedStatement.call(connection, extracted, index, out.address())
                == 0;
    }

    void destroyExtracted(MemorySegment handle) {
        destroyExtracted.call(handle.address());
    }

    boolean prepare(long connection, MemorySegment sql, MemorySegment out) {
        return (int) prepare.call(connection, sql.address(), out.address()) == 0;
    }

    String prepareError(long statement) {
        return Memory.cString(prepareError.call(statement));
    }

    void destroyPrepare(MemorySegment handle) {
        destroyPrepare.call(handle.address());
    }

    long nparams(long statement) {
        return nparams.call(statement);
    }

    /// A text to be freed, or 0.
    long parameterName(long statement, long index) {
        return parameterName.call(statement, index);
    }

    /// A type to be destroyed, or 0.
    long paramLogicalType(long statement, long index) {
        return paramLogicalType.call(statement, index);
    }

    int preparedStatementType(long statement) {
        return (int) preparedStatementType.call(statement);
    }

    long preparedStatementColumnCount(long statement) {
        return preparedStatementColumnCount.call(statement);
    }

    /// A text to be freed, or 0.
    long preparedStatementColumnName(long statement, long index) {
        return preparedStatementColumnName.call(statement, index);
    }

    /// A type to be destroyed, or 0.
    long preparedStatementColumnLogicalType(long statement, long index) {
        return preparedStatementColumnLogicalType.call(statement, index);
    }

    boolean bindParameterIndex(long statement, MemorySegment outIndex, MemorySegment name) {
        return (int) bindParameterIndex.call(statement, outIndex.address(), name.address()) == 0;
    }

    boolean bindValue(long statement, long index, long value) {
        return (int) bindValue.call(statement, index, value) == 0;
    }

    boolean bindNull(long statement, long index) {
        return (int) bindNull.call(statement, index) == 0;
    }

    boolean bindBoolean(long statement, long index, boolean value) {
        return (int) bindBoolean.call(statement, index, value ? 1 : 0) == 0;
    }

    boolean bindInt32(long statement, long index, int value) {
        return (int) bindInt32.call(statement, index, value) == 0;
    }

    boolean bindInt64(long statement, long index, long value) {
        return (int) bindInt64.call(statement, index, value) == 0;
    }

    boolean bindDouble(long statement, long index, double value) {
        return (int) bindDouble.callWithDouble(statement, index, value) == 0;
    }

    boolean bindVarcharLength(long statement, long index, MemorySegment text, long length) {
        return (int) bindVarcharLength.call(statement, index, text.address(), length) == 0;
    }

    boolean clearBindings(long statement) {
        return (int) clearBindings.call(statement) == 0;
    }

    boolean pendingPreparedStreaming(long statement, MemorySegment out) {
        return (int) pendingPreparedStreaming.call(statement, out.address()) == 0;
    }

    String pendingError(long pending) {
        return Memory.cString(pendingError.call(pending));
    }

    void destroyPending(MemorySegment handle) {
        destroyPending.call(handle.address());
    }

    boolean executePending(long pending, MemorySegment result) {
        return (int) executePending.call(pending, result.address()) == 0;
    }

    /// A list value to be destroyed; 0 for a text that is not one statement.
    long getTableNames(long connection, MemorySegment sql, boolean qualified) {
        return getTableNames.call(connection, sql.address(), qualified ? 1 : 0);
    }
}
