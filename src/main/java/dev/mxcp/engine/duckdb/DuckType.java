package dev.mxcp.engine.duckdb;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The type of a column or of a value inside one. Immutable.
public sealed interface DuckType {

    /// The kinds of values without parts. The number is that of the C enum `duckdb_type`.
    enum Kind {
        /// A parameter whose type is only known when it has a value.
        UNKNOWN(0, "unknown"),
        BOOLEAN(1, "BOOLEAN"),
        TINYINT(2, "TINYINT"),
        SMALLINT(3, "SMALLINT"),
        INTEGER(4, "INTEGER"),
        BIGINT(5, "BIGINT"),
        UTINYINT(6, "UTINYINT"),
        USMALLINT(7, "USMALLINT"),
        UINTEGER(8, "UINTEGER"),
        UBIGINT(9, "UBIGINT"),
        FLOAT(10, "FLOAT"),
        DOUBLE(11, "DOUBLE"),
        TIMESTAMP(12, "TIMESTAMP"),
        DATE(13, "DATE"),
        TIME(14, "TIME"),
        INTERVAL(15, "INTERVAL"),
        HUGEINT(16, "HUGEINT"),
        VARCHAR(17, "VARCHAR"),
        BLOB(18, "BLOB"),
        TIMESTAMP_S(20, "TIMESTAMP_S"),
        TIMESTAMP_MS(21, "TIMESTAMP_MS"),
        TIMESTAMP_NS(22, "TIMESTAMP_NS"),
        UUID(27, "UUID"),
        BIT(29, "BIT"),
        TIME_TZ(30, "TIME WITH TIME ZONE"),
        TIMESTAMP_TZ(31, "TIMESTAMP WITH TIME ZONE"),
        UHUGEINT(32, "UHUGEINT"),
        BIGNUM(35, "BIGNUM"),
        NULL(36, "\"NULL\""),
        TIME_NS(39, "TIME_NS"),
        TIMESTAMP_TZ_NS(42, "TIMESTAMPTZ_NS");

        private final int id;
        private final String sqlName;

        Kind(int id, String sqlName) {
            this.id = id;
            this.sqlName = sqlName;
        }

        int id() {
            return id;
        }

        /// The name in SQL.
        public String sqlName() {
            return sqlName;
        }
    }

    /// A type without parts.
    ///
    /// @param alias what the type calls itself where that differs: `JSON` is a VARCHAR
    record Scalar(Kind kind, @Nullable String alias) implements DuckType {}

    record Decimal(int width, int scale) implements DuckType {}

    /// An ENUM.
    ///
    /// @param names the values, in their order
    record Enumeration(List<String> names) implements DuckType {
        public Enumeration {
            names = List.copyOf(names);
        }
    }

    record ListOf(DuckType items) implements DuckType {}

    record ArrayOf(DuckType items, int size) implements DuckType {}

    record StructOf(List<Field> fields) implements DuckType {
        public StructOf {
            fields = List.copyOf(fields);
        }

        /// Whether it is a row of values without names, as `row(1, 2)` makes it.
        public boolean unnamed() {
            return !fields.isEmpty() && fields.stream().allMatch(field -> field.name().isEmpty());
        }
    }

    record MapOf(DuckType keys, DuckType values) implements DuckType {}

    record UnionOf(List<Field> members) implements DuckType {
        public UnionOf {
            members = List.copyOf(members);
        }
    }

    /// A type whose values this version cannot read.
    ///
    /// @param id the number in `duckdb_type`
    record Unreadable(int id, String sqlName) implements DuckType {}

    /// A part of a STRUCT or UNION.
    record Field(String name, DuckType type) {}

    /// A type without parts and without an alias.
    static DuckType of(Kind kind) {
        return new Scalar(kind, null);
    }

    /// The type as SQL writes it: `DECIMAL(18,3)`, `STRUCT(a INTEGER)[]`.
    default String sqlName() {
        return name(SqlNames::identifier);
    }

    /// The same with every name in quotes, whatever words SQL reserves.
    default String quotedName() {
        return name(SqlNames::quoted);
    }

    private String name(UnaryOperator<String> field) {
        return switch (this) {
            case Scalar(Kind kind, String alias) -> alias == null ? kind.sqlName() : alias;
            case Decimal(int width, int scale) -> "DECIMAL(" + width + "," + scale + ")";
            case Enumeration(List<String> names) ->
                    names.stream()
                            .map(name -> "'" + name.replace("'", "''") + "'")
                            .collect(Collectors.joining(", ", "ENUM(", ")"));
            case ListOf(DuckType items) -> items.name(field) + "[]";
            case ArrayOf(DuckType items, int size) -> items.name(field) + "[" + size + "]";
            case StructOf(List<Field> fields) -> "STRUCT" + parts(fields, field);
            case MapOf(DuckType keys, DuckType values) ->
                    "MAP(" + keys.name(field) + ", " + values.name(field) + ")";
            case UnionOf(List<Field> members) -> "UNION" + parts(members, field);
            case Unreadable(_, String name) -> name;
        };
    }

    private static String parts(List<Field> fields, UnaryOperator<String> name) {
        return fields.stream()
                .map(field -> name.apply(field.name()) + " " + field.type().name(name))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
