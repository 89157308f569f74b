package dev.mxcp.engine.duckdb;

import java.lang.foreign.MemorySegment;

/// The C functions that create values. Methods are named as in C. Every value that is returned must
/// be destroyed; 0 stands for a value that cannot be.
final class ValueCalls {
    private final NativeFunction destroyValue;
    private final NativeFunction getVarchar;
    private final NativeFunction createNullValue;
    private final NativeFunction createVarcharLength;
    private final NativeFunction createBlob;
    private final NativeFunction createBool;
    private final NativeFunction createInt32;
    private final NativeFunction createInt64;
    private final NativeFunction createUint64;
    private final NativeFunction createHugeint;
    private final NativeFunction createUhugeint;
    private final NativeFunction createUuid;
    private final NativeFunction createInterval;
    private final NativeFunction createDouble;
    private final NativeFunction createDecimal;
    private final NativeFunction createDate;
    private final NativeFunction createTime;
    private final NativeFunction createTimeTzValue;
    private final NativeFunction createTimestamp;
    private final NativeFunction createTimestampTz;
    private final NativeFunction createListValue;
    private final NativeFunction createStructValue;
    private final NativeFunction createMapValue;
    private final NativeFunction getListSize;
    private final NativeFunction getListChild;

    ValueCalls(CApi.Library library) {
        destroyValue = library.function("duckdb_destroy_value");
        getVarchar = library.function("duckdb_get_varchar");
        createNullValue = library.function("duckdb_create_null_value");
        createVarcharLength = library.function("duckdb_create_varchar_length");
        createBlob = library.function("duckdb_create_blob");
        createBool = library.function("duckdb_create_bool");
        createInt32 = library.function("duckdb_create_int32");
        createInt64 = library.function("duckdb_create_int64");
        createUint64 = library.function("duckdb_create_uint64");
        createHugeint = library.function("duckdb_create_hugeint");
        createUhugeint = library.function("duckdb_create_uhugeint");
        createUuid = library.function("duckdb_create_uuid");
        createInterval = library.function("duckdb_create_interval");
        createDouble = library.function("duckdb_create_double");
        createDecimal = library.function("duckdb_create_decimal");
        createDate = library.function("duckdb_create_date");
        createTime = library.function("duckdb_create_time");
        createTimeTzValue = library.function("duckdb_create_time_tz_value");
        createTimestamp = library.function("duckdb_create_timestamp");
        createTimestampTz = library.function("duckdb_create_timestamp_tz");
        createListValue = library.function("duckdb_create_list_value");
        createStructValue = library.function("duckdb_create_struct_value");
        createMapValue = library.function("duckdb_create_map_value");
        getListSize = library.function("duckdb_get_list_size");
        getListChild = library.function("duckdb_get_list_child");
    }

    void destroyValue(MemorySegment handle) {
        destroyValue.call(handle.address());
    }

    /// A text to be freed.
    long getVarchar(long value) {
        return getVarchar.call(value);
    }

    long createNullValue(long unused) {
        return createNullValue.call(unused);
    }

    long createVarcharLength(MemorySegment text, long length) {
        return createVarcharLength.call(text.address(), length);
    }

    long createBlob(MemorySegment bytes, long length) {
        return createBlob.call(bytes.address(), length);
    }

    long createBool(boolean value) {
        return createBool.call(value ? 1 : 0);
    }

    long createInt32(int value) {
        return createInt32.call(value);
    }

    long createInt64(long value) {
        return createInt64.call(value);
    }

    long createUint64(long value) {
        return createUint64.call(value);
    }

    long createHugeint(MemorySegment value) {
        return createHugeint.callWithTwoWords(value);
    }

    long createUhugeint(MemorySegment value) {
        return createUhugeint.callWithTwoWords(value);
    }

    long createUuid(MemorySegment value) {
        return createUuid.callWithTwoWords(value);
    }

    long createInterval(MemorySegment value) {
        return createInterval.callWithTwoWords(value);
    }

    long createDouble(double value) {
        return createDouble.callWithDouble(value);
    }

    long createDecimal(MemorySegment value) {
        return createDecimal.callWithDecimal(value);
    }

    long createDate(int days) {
        return createDate.call(days);
    }

    long createTime(long micros) {
        return createTime.call(micros);
    }

    long createTimeTzValue(long bits) {
        return createTimeTzValue.call(bits);
    }

    long createTimestamp(long micros) {
        return createTimestamp.call(micros);
    }

    long createTimestampTz(long micros) {
        return createTimestampTz.call(micros);
    }

    long createListValue(long childType, MemorySegment values, long count) {
        return createListValue.call(childType, values.address(), count);
    }

    long createStructValue(long type, MemorySegment values) {
        return createStructValue.call(type, values.address());
    }

    long createMapValue(long type, MemorySegment keys, MemorySegment values, long count) {
        return createMapValue.call(type, keys.address(), values.address(), count);
    }

    long getListSize(long list) {
        return getListSize.call(list);
    }

    /// A value to be destroyed.
    long getListChild(long list, long index) {
        return getListChild.call(list, index);
    }
}
