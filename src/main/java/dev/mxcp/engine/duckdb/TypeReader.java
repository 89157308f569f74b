package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.duckdb.DuckType.Field;
import dev.mxcp.engine.duckdb.DuckType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads logical types of the C API into [DuckType].
final class TypeReader {
    private static final int DECIMAL = 19;
    private static final int ENUM = 23;
    private static final int LIST = 24;
    private static final int STRUCT = 25;
    private static final int MAP = 26;
    private static final int UNION = 28;
    private static final int ARRAY = 33;
    private static final int GEOMETRY = 40;
    private static final int VARIANT = 41;
    private static final @Nullable Kind[] KINDS = kinds();

    private final CApi api;
    private final TypeCalls types;

    TypeReader(CApi api) {
        this.api = api;
        this.types = api.types();
    }

    /// Reads a type and destroys it.
    DuckType taken(long type) {
        if (type == 0) {
            return DuckType.of(Kind.UNKNOWN);
        }
        try {
            return read(type);
        } finally {
            api.destroyType(type);
        }
    }

    private DuckType read(long type) {
        int id = types.getTypeId(type);
        return switch (id) {
            case DECIMAL ->
                    new DuckType.Decimal(types.decimalWidth(type), types.decimalScale(type));
            case ENUM -> new DuckType.Enumeration(names(type));
            case LIST -> new DuckType.ListOf(taken(types.listTypeChildType(type)));
            case ARRAY ->
                    new DuckType.ArrayOf(
                            taken(types.arrayTypeChildType(type)),
                            Math.toIntExact(types.arrayTypeArraySize(type)));
            case MAP ->
                    new DuckType.MapOf(
                            taken(types.mapTypeKeyType(type)), taken(types.mapTypeValueType(type)));
            case STRUCT ->
                    new DuckType.StructOf(
                            fields(
                                    types.structTypeChildCount(type),
                                    index -> api.taken(types.structTypeChildName(type, index)),
                                    index -> types.structTypeChildType(type, index)));
            case UNION ->
                    new DuckType.UnionOf(
                            fields(
                                    types.unionTypeMemberCount(type),
                                    index -> api.taken(types.unionTypeMemberName(type, index)),
                                    index -> types.unionTypeMemberType(type, index)));
            case GEOMETRY -> new DuckType.Unreadable(id, "GEOMETRY");
            case VARIANT -> new DuckType.Unreadable(id, "VARIANT");
            default -> scalar(id, type);
        };
    }

    private DuckType scalar(int id, long type) {
        Kind kind = id >= 0 && id < KINDS.length ? KINDS[id] : null;
        if (kind == null) {
            return new DuckType.Unreadable(id, "type " + id);
        }
        // an alias is rare on other kinds and says nothing about the value
        String alias = kind == Kind.VARCHAR ? api.taken(types.logicalTypeGetAlias(type)) : "";
        return new DuckType.Scalar(kind, alias.isEmpty() ? null : alias);
    }

    private List<String> names(long type) {
        int size = types.enumDictionarySize(type);
        List<String> names = new ArrayList<>(size);
        for (int index = 0; index < size; index++) {
            names.add(api.taken(types.enumDictionaryValue(type, index)));
        }
        return names;
    }

    private List<Field> fields(long count, LongFunction<String> name, LongUnaryOperator type) {
        List<Field> fields = new ArrayList<>();
        for (long index = 0; index < count; index++) {
            fields.add(new Field(name.apply(index), taken(type.applyAsLong(index))));
        }
        return fields;
    }

    private static @Nullable Kind[] kinds() {
        var kinds = new Kind[64];
        for (Kind kind : Kind.values()) {
            kinds[kind.id()] = kind;
        }
        return kinds;
    }
}
