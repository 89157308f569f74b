package dev.mxcp.engine.duckdb;

import java.lang.foreign.MemorySegment;

/// The C functions of scalar functions, and those that write vectors. Methods are named as in C; a
/// `boolean` result says whether the call succeeded. `handle` holds the pointer to destroy, `info`
/// is what DuckDB hands to a function that it calls.
final class FunctionCalls {
    private final NativeFunction createScalarFunction;
    private final NativeFunction destroyScalarFunction;
    private final NativeFunction setName;
    private final NativeFunction addParameter;
    private final NativeFunction setReturnType;
    private final NativeFunction setSpecialHandling;
    private final NativeFunction setVolatile;
    private final NativeFunction setExtraInfo;
    private final NativeFunction setInit;
    private final NativeFunction setFunction;
    private final NativeFunction registerScalarFunction;
    private final NativeFunction getExtraInfo;
    private final NativeFunction setError;
    private final NativeFunction initGetClientContext;
    private final NativeFunction initSetState;
    private final NativeFunction getState;
    private final NativeFunction vectorEnsureValidityWritable;
    private final NativeFunction vectorAssignText;
    private final NativeFunction listVectorReserve;
    private final NativeFunction listVectorSetSize;

    FunctionCalls(CApi.Library library) {
        createScalarFunction = library.function("duckdb_create_scalar_function");
        destroyScalarFunction = library.function("duckdb_destroy_scalar_function");
        setName = library.function("duckdb_scalar_function_set_name");
        addParameter = library.function("duckdb_scalar_function_add_parameter");
        setReturnType = library.function("duckdb_scalar_function_set_return_type");
        setSpecialHandling = library.function("duckdb_scalar_function_set_special_handling");
        setVolatile = library.function("duckdb_scalar_function_set_volatile");
        setExtraInfo = library.function("duckdb_scalar_function_set_extra_info");
        setInit = library.function("duckdb_scalar_function_set_init");
        setFunction = library.function("duckdb_scalar_function_set_function");
        registerScalarFunction = library.function("duckdb_register_scalar_function");
        getExtraInfo = library.function("duckdb_scalar_function_get_extra_info");
        setError = library.function("duckdb_scalar_function_set_error");
        initGetClientContext = library.function("duckdb_scalar_function_init_get_client_context");
        initSetState = library.function("duckdb_scalar_function_init_set_state");
        getState = library.function("duckdb_scalar_function_get_state");
        vectorEnsureValidityWritable = library.function("duckdb_vector_ensure_validity_writable");
        vectorAssignText = library.function("duckdb_unsafe_vector_assign_string_element_len");
        listVectorReserve = library.function("duckdb_list_vector_reserve");
        listVectorSetSize = library.function("duckdb_list_vector_set_size");
    }

    /// A function to be destroyed, also after it was registered.
    long createScalarFunction(long unused) {
        return createScalarFunction.call(unused);
    }

    void destroyScalarFunction(MemorySegment handle) {
        destroyScalarFunction.call(handle.address());
    }

    void setName(long function, MemorySegment name) {
        setName.call(function, name.address());
    }

    void addParameter(long function, long type) {
        addParameter.call(function, type);
    }

    void setReturnType(long function, long type) {
        setReturnType.call(function, type);
    }

    /// The function wants to see NULL arguments.
    void setSpecialHandling(long function) {
        setSpecialHandling.call(function);
    }

    /// DuckDB must not call the function while it plans, nor for values that no row has.
    void setVolatile(long function) {
        setVolatile.call(function);
    }

    /// A word that [#getExtraInfo(long)] gives back; not 0.
    void setExtraInfo(long function, long info) {
        setExtraInfo.call(function, info, 0);
    }

    void setInit(long function, MemorySegment callback) {
        setInit.call(function, callback.address());
    }

    void setFunction(long function, MemorySegment callback) {
        setFunction.call(function, callback.address());
    }

    boolean registerScalarFunction(long connection, long function) {
        return (int) registerScalarFunction.call(connection, function) == 0;
    }

    long getExtraInfo(long info) {
        return getExtraInfo.peek(info);
    }

    void setError(long info, MemorySegment text) {
        setError.call(info, text.address());
    }

    void initGetClientContext(long info, MemorySegment out) {
        initGetClientContext.call(info, out.address());
    }

    /// A word that [#getState(long)] gives back in the same thread of the same statement.
    void initSetState(long info, long state) {
        initSetState.call(info, state, 0);
    }

    long getState(long info) {
        return getState.peek(info);
    }

    void vectorEnsureValidityWritable(long vector) {
        vectorEnsureValidityWritable.call(vector);
    }

    /// Copies the bytes, which must be UTF-8 if the vector holds text.
    void vectorAssignText(long vector, long row, long text, long length) {
        vectorAssignText.call(vector, row, text, length);
    }

    void listVectorReserve(long vector, long capacity) {
        listVectorReserve.call(vector, capacity);
    }

    void listVectorSetSize(long vector, long size) {
        listVectorSetSize.call(vector, size);
    }
}
