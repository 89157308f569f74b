package dev.mxcp.engine.duckdb;

import java.util.List;

/// How many bytes a row takes in the memory of a vector; parts of nested types lie elsewhere.
final class RowWidth {
    private static final int TWO_WORDS = 16;

    private RowWidth() {}

    static int of(DuckType type) {
        return switch (type) {
            case DuckType.Scalar(DuckType.Kind kind, _) -> scalar(kind);
            case DuckType.Decimal(int width, _) -> decimal(width);
            case DuckType.Enumeration(List<String> names) -> enumeration(names.size());
            case DuckType.ListOf _, DuckType.MapOf _ -> TWO_WORDS;
            case DuckType.StructOf _,
                    DuckType.ArrayOf _,
                    DuckType.UnionOf _,
                    DuckType.Unreadable _ ->
                    0;
        };
    }

    private static int scalar(DuckType.Kind kind) {
        return switch (kind) {
            case UNKNOWN, NULL -> 0;
            case BOOLEAN, TINYINT, UTINYINT -> Byte.BYTES;
            case SMALLINT, USMALLINT -> Short.BYTES;
            case INTEGER, UINTEGER, FLOAT, DATE -> Integer.BYTES;
            case BIGINT,
                    UBIGINT,
                    DOUBLE,
                    TIME,
                    TIME_NS,
                    TIME_TZ,
                    TIMESTAMP,
                    TIMESTAMP_S,
                    TIMESTAMP_MS,
                    TIMESTAMP_NS,
                    TIMESTAMP_TZ,
                    TIMESTAMP_TZ_NS ->
                    Long.BYTES;
            case VARCHAR, BLOB, BIT, BIGNUM, HUGEINT, UHUGEINT, UUID, INTERVAL -> TWO_WORDS;
        };
    }

    private static int decimal(int width) {
        if (width <= 4) {
            return Short.BYTES;
        }
        if (width <= 9) {
            return Integer.BYTES;
        }
        return width <= 18 ? Long.BYTES : TWO_WORDS;
    }

    private static int enumeration(int names) {
        if (names <= 0xFF) {
            return Byte.BYTES;
        }
        return names <= 0xFFFF ? Short.BYTES : Integer.BYTES;
    }
}
