package dev.mxcp.engine.duckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The C functions that turn chunks into Arrow's C structures. Methods are named as in C; a failure
/// is thrown with DuckDB's text.
final class ArrowCalls {
    private final NativeFunction connectionGetArrowOptions;
    private final NativeFunction destroyArrowOptions;
    private final NativeFunction toArrowSchema;
    private final NativeFunction dataChunkToArrow;
    private final NativeFunction errorDataHasError;
    private final NativeFunction errorDataMessage;
    private final NativeFunction destroyErrorData;
    private final NativeFunction getTableNames;

    ArrowCalls(CApi.Library library) {
        connectionGetArrowOptions = library.function("duckdb_connection_get_arrow_options");
        destroyArrowOptions = library.function("duckdb_destroy_arrow_options");
        toArrowSchema = library.function("duckdb_to_arrow_schema");
        dataChunkToArrow = library.function("duckdb_data_chunk_to_arrow");
        errorDataHasError = library.function("duckdb_error_data_has_error");
        errorDataMessage = library.function("duckdb_error_data_message");
        destroyErrorData = library.function("duckdb_destroy_error_data");
        getTableNames = library.function("duckdb_get_table_names");
    }

    /// What the connection's settings say about Arrow, to be destroyed.
    long connectionGetArrowOptions(long connection) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment out = Memory.word(arena);
            connectionGetArrowOptions.call(connection, out.address());
            return Memory.read(out);
        }
    }

    void destroyArrowOptions(long options) {
        try (var arena = Arena.ofConfined()) {
            destroyArrowOptions.call(CApi.handle(arena, options).address());
        }
    }

    /// @param types a pointer to each column's logical type
    /// @param names a pointer to each column's name
    /// @param out becomes the schema, to be released
    void toArrowSchema(
            long options, MemorySegment types, MemorySegment names, long columns, long out) {
        check(toArrowSchema.call(options, types.address(), names.address(), columns, out));
    }

    /// @param out becomes the array, to be released
    void dataChunkToArrow(long options, long chunk, long out) {
        check(dataChunkToArrow.call(options, chunk, out));
    }

    /// Lets a producer free what one of its structures holds.
    @SuppressWarnings("restricted") // the address of a function that DuckDB gave for this
    void release(long function, long structure) {
        new NativeFunction(MemorySegment.ofAddress(function)).call(structure);
    }

    /// A list value of texts, to be destroyed; 0 when the text does not parse.
    long getTableNames(long connection, MemorySegment query, boolean qualified) {
        return getTableNames.call(connection, query.address(), qualified ? 1 : 0);
    }

    private void check(long error) {
        if (error == 0) {
            return;
        }
        try {
            if ((errorDataHasError.call(error) & 1) != 0) {
                throw DuckDbException.of(Memory.cString(errorDataMessage.call(error)));
            }
        } finally {
            try (var arena = Arena.ofConfined()) {
                destroyErrorData.call(CApi.handle(arena, error).address());
            }
        }
    }
}
