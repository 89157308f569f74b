package dev.mxcp.engine.duckdb;

import java.lang.foreign.MemorySegment;

/// The C functions of logical types. Methods are named as in C. Every type that is returned must be
/// destroyed.
final class TypeCalls {
    private final NativeFunction getTypeId;
    private final NativeFunction logicalTypeGetAlias;
    private final NativeFunction destroyLogicalType;
    private final NativeFunction createLogicalType;
    private final NativeFunction decimalWidth;
    private final NativeFunction decimalScale;
    private final NativeFunction enumDictionarySize;
    private final NativeFunction enumDictionaryValue;
    private final NativeFunction listTypeChildType;
    private final NativeFunction arrayTypeChildType;
    private final NativeFunction arrayTypeArraySize;
    private final NativeFunction mapTypeKeyType;
    private final NativeFunction mapTypeValueType;
    private final NativeFunction structTypeChildCount;
    private final NativeFunction structTypeChildName;
    private final NativeFunction structTypeChildType;
    private final NativeFunction unionTypeMemberCount;
    private final NativeFunction unionTypeMemberName;
    private final NativeFunction unionTypeMemberType;
    private final NativeFunction createListType;
    private final NativeFunction createMapType;
    private final NativeFunction createStructType;
    private final NativeFunction createDecimalType;

    TypeCalls(CApi.Library library) {
        getTypeId = library.function("duckdb_get_type_id");
        logicalTypeGetAlias = library.function("duckdb_logical_type_get_alias");
        destroyLogicalType = library.function("duckdb_destroy_logical_type");
        createLogicalType = library.function("duckdb_create_logical_type");
        decimalWidth = library.function("duckdb_decimal_width");
        decimalScale = library.function("duckdb_decimal_scale");
        enumDictionarySize = library.function("duckdb_enum_dictionary_size");
        enumDictionaryValue = library.function("duckdb_enum_dictionary_value");
        listTypeChildType = library.function("duckdb_list_type_child_type");
        arrayTypeChildType = library.function("duckdb_array_type_child_type");
        arrayTypeArraySize = library.function("duckdb_array_type_array_size");
        mapTypeKeyType = library.function("duckdb_map_type_key_type");
        mapTypeValueType = library.function("duckdb_map_type_value_type");
        structTypeChildCount = library.function("duckdb_struct_type_child_count");
        structTypeChildName = library.function("duckdb_struct_type_child_name");
        structTypeChildType = library.function("duckdb_struct_type_child_type");
        unionTypeMemberCount = library.function("duckdb_union_type_member_count");
        unionTypeMemberName = library.function("duckdb_union_type_member_name");
        unionTypeMemberType = library.function("duckdb_union_type_member_type");
        createListType = library.function("duckdb_create_list_type");
        createMapType = library.function("duckdb_create_map_type");
        createStructType = library.function("duckdb_create_struct_type");
        createDecimalType = library.function("duckdb_create_decimal_type");
    }

    int getTypeId(long type) {
        return (int) getTypeId.call(type);
    }

    /// A text to be freed, or 0.
    long logicalTypeGetAlias(long type) {
        return logicalTypeGetAlias.call(type);
    }

    void destroyLogicalType(MemorySegment handle) {
        destroyLogicalType.call(handle.address());
    }

    long createLogicalType(int id) {
        return createLogicalType.call(id);
    }

    int decimalWidth(long type) {
        return (int) decimalWidth.call(type) & 0xFF;
    }

    int decimalScale(long type) {
        return (int) decimalScale.call(type) & 0xFF;
    }

    int enumDictionarySize(long type) {
        return (int) enumDictionarySize.call(type);
    }

    /// A text to be freed.
    long enumDictionaryValue(long type, long index) {
        return enumDictionaryValue.call(type, index);
    }

    long listTypeChildType(long type) {
        return listTypeChildType.call(type);
    }

    long arrayTypeChildType(long type) {
        return arrayTypeChildType.call(type);
    }

    long arrayTypeArraySize(long type) {
        return arrayTypeArraySize.call(type);
    }

    long mapTypeKeyType(long type) {
        return mapTypeKeyType.call(type);
    }

    long mapTypeValueType(long type) {
        return mapTypeValueType.call(type);
    }

    long structTypeChildCount(long type) {
        return structTypeChildCount.call(type);
    }

    /// A text to be freed.
    long structTypeChildName(long type, long index) {
        return structTypeChildName.call(type, index);
    }

    long structTypeChildType(long type, long index) {
        return structTypeChildType.call(type, index);
    }

    long unionTypeMemberCount(long type) {
        return unionTypeMemberCount.call(type);
    }

    /// A text to be freed.
    long unionTypeMemberName(long type, long index) {
        return unionTypeMemberName.call(type, index);
    }

    long unionTypeMemberType(long type, long index) {
        return unionTypeMemberType.call(type, index);
    }

    long createListType(long type) {
        return createListType.call(type);
    }

    long createMapType(long key, long value) {
        return createMapType.call(key, value);
    }

    long createStructType(MemorySegment types, MemorySegment names, long count) {
        return createStructType.call(types.address(), names.address(), count);
    }

    long createDecimalType(int width, int scale) {
        return createDecimalType.call(width, scale);
    }
}
