package dev.mxcp.engine.python;

/// A statement failed; user code gets the matching class of the `duckdb` package (R3.8).
public final class DatabaseFailure extends RuntimeException {
    private final String kind;

    /// @param kind DuckDB's kind of error as in its texts: `Catalog`, `Invalid Input`; decides only
    ///   where the text does not begin with one
    /// @param text what DuckDB said, whole
    public DatabaseFailure(String kind, String text, Throwable cause) {
        super(text, cause);
        this.kind = kind;
    }

    /// DuckDB's kind of error.
    public String kind() {
        return kind;
    }
}
