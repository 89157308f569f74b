package dev.mxcp.engine.duckdb;

import java.lang.foreign.MemorySegment;

/// The C functions of results, chunks and vectors. Methods are named as in C. `handle` holds the
/// pointer to destroy.
final class ResultCalls {
    private final NativeFunction resultError;
    private final NativeFunction destroyResult;
    private final NativeFunction columnCount;
    private final NativeFunction columnName;
    private final NativeFunction columnLogicalType;
    private final NativeFunction fetchChunk;
    private final NativeFunction destroyDataChunk;
    private final NativeFunction dataChunkGetSize;
    private final NativeFunction dataChunkGetVector;
    private final NativeFunction vectorGetData;
    private final NativeFunction vectorGetValidity;
    private final NativeFunction listVectorGetChild;
    private final NativeFunction listVectorGetSize;
    private final NativeFunction structVectorGetChild;
    private final NativeFunction arrayVectorGetChild;

    ResultCalls(CApi.Library library) {
        resultError = library.function("duckdb_result_error");
        destroyResult = library.function("duckdb_destroy_result");
        columnCount = library.function("duckdb_column_count");
        columnName = library.function("duckdb_column_name");
        columnLogicalType = library.function("duckdb_column_logical_type");
        fetchChunk = library.function("duckdb_fetch_chunk");
        destroyDataChunk = library.function("duckdb_destroy_data_chunk");
        dataChunkGetSize = library.function("duckdb_data_chunk_get_size");
        dataChunkGetVector = library.function("duckdb_data_chunk_get_vector");
        vectorGetData = library.function("duckdb_vector_get_data");
        vectorGetValidity = library.function("duckdb_vector_get_validity");
        listVectorGetChild = library.function("duckdb_list_vector_get_child");
        listVectorGetSize = library.function("duckdb_list_vector_get_size");
        structVectorGetChild = library.function("duckdb_struct_vector_get_child");
        arrayVectorGetChild = library.function("duckdb_array_vector_get_child");
    }

    String resultError(MemorySegment result) {
        return Memory.cString(resultError.call(result.address()));
    }

    void destroyResult(MemorySegment result) {
        destroyResult.call(result.address());
    }

    long columnCount(MemorySegment result) {
        return columnCount.call(result.address());
    }

    String columnName(MemorySegment result, long index) {
        return Memory.cString(columnName.call(result.address(), index));
    }

    /// A type to be destroyed.
    long columnLogicalType(MemorySegment result, long index) {
        return columnLogicalType.call(result.address(), index);
    }

    /// A chunk to be destroyed; 0 at the end and after an error.
    long fetchChunk(MemorySegment result) {
        return fetchChunk.callWithResult(result);
    }

    void destroyDataChunk(MemorySegment handle) {
        destroyDataChunk.call(handle.address());
    }

    long dataChunkGetSize(long chunk) {
        return dataChunkGetSize.peek(chunk);
    }

    long dataChunkGetVector(long chunk, long column) {
        return dataChunkGetVector.peek(chunk, column);
    }

    long vectorGetData(long vector) {
        return vectorGetData.peek(vector);
    }

    long vectorGetValidity(long vector) {
        return vectorGetValidity.peek(vector);
    }

    long listVectorGetChild(long vector) {
        return listVectorGetChild.peek(vector);
    }

    long listVectorGetSize(long vector) {
        return listVectorGetSize.peek(vector);
    }

    long structVectorGetChild(long vector, long index) {
        return structVectorGetChild.peek(vector, index);
    }

    long arrayVectorGetChild(long vector) {
        return arrayVectorGetChild.peek(vector);
    }
}
