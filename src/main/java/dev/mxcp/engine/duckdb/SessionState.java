package dev.mxcp.engine.duckdb;

import java.util.Set;

/// What a connection carries from statement to statement: an open transaction, and whether anything
/// of the call's would be left behind (R3.6.2).
final class SessionState {
    /// Anything else that creates something is made by DuckDB itself, as PIVOT its types.
    private static final Set<String> KNOWN =
            Set.of("create", "drop", "alter", "comment", "attach", "detach", "export", "import");

    private static final Set<String> BEGIN = Set.of("begin", "start");

    private boolean inTransaction;
    private boolean marked;

    boolean inTransaction() {
        return inTransaction;
    }

    /// Whether settings, variables, temporary or prepared things of the call are there.
    boolean marked() {
        return marked;
    }

    /// Whether the call's later statements need this connection.
    boolean holdsAnything() {
        return inTransaction || marked;
    }

    void transactionEnded() {
        inTransaction = false;
    }

    /// The functions about the caller were defined: inside a transaction they go with it.
    void functionsDefined() {
        marked |= inTransaction;
    }

    /// Notes a statement that succeeded.
    void executed(StatementType type, SqlText.Statement statement) {
        switch (type) {
            case TRANSACTION -> inTransaction = begins(type, statement);
            case SESSION -> marked |= !statement.words().contains("global");
            case SCHEMA -> marked |= isTemporary(statement);
            case SELECT, CHANGE, EXPLAIN, COPY, OTHER -> {}
        }
    }

    static boolean begins(StatementType type, SqlText.Statement statement) {
        return type == StatementType.TRANSACTION && BEGIN.contains(statement.keyword());
    }

    /// Whether a statement may change something that is not the connection's own.
    static boolean writes(StatementType type, SqlText.Statement statement) {
        return switch (type) {
            case CHANGE -> true;
            case SCHEMA ->
                    !isTemporary(statement)
                            && !Set.of("attach", "detach").contains(statement.keyword());
            case COPY ->
                    statement.words().size() > 1
                            && !statement.words().get(1).equals("(")
                            && statement.words().contains("from");
            case SELECT, EXPLAIN, TRANSACTION, SESSION, OTHER -> false;
        };
    }

    /// Whether what a statement creates belongs to its connection.
    static boolean isTemporary(SqlText.Statement statement) {
        return statement.words().contains("temp")
                || statement.words().contains("temporary")
                || !KNOWN.contains(statement.keyword());
    }
}
