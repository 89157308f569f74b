package dev.mxcp.engine.duckdb;

/// What a statement does, as far as this room must know. The numbers are those of the C enum
/// `duckdb_statement_type`.
enum StatementType {
    SELECT,
    /// INSERT, UPDATE, DELETE, MERGE
    CHANGE,
    EXPLAIN,
    COPY,
    /// BEGIN, COMMIT, ROLLBACK
    TRANSACTION,
    /// SET, RESET, USE, PREPARE, and whatever else may leave something on the connection
    SESSION,
    /// CREATE, DROP, ALTER, ATTACH, DETACH and their kin
    SCHEMA,
    OTHER;

    /// Whether a result of one number says how many rows were changed.
    boolean counts() {
        return this == CHANGE || this == SCHEMA || this == COPY;
    }

    static StatementType of(int number) {
        return switch (number) {
            case 1 -> SELECT;
            case 2, 3, 5, 30 -> CHANGE;
            case 4 -> EXPLAIN;
            case 11 -> COPY;
            case 10 -> TRANSACTION;
            case 6, 13, 17, 20, 27 -> SESSION;
            case 7, 9, 14, 15, 25, 26 -> SCHEMA;
            default -> OTHER;
        };
    }
}
