package dev.mxcp.engine.duckdb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a look at a text of SQL has shown, without running any of it (V8-V10).
///
/// @param parameterNames of all statements, as written; numbers for positional ones
/// @param positional whether any parameter is `?` or a number, which no endpoint can bind
/// @param columns of the last statement's result, null where they are not known before it runs
/// @param failure why DuckDB refuses the text, or null
public record Prepared(
        List<String> parameterNames,
        boolean positional,
        @Nullable List<Column> columns,
        @Nullable DuckDbException failure) {
    public Prepared {
        parameterNames = List.copyOf(parameterNames);
        columns = columns == null ? null : List.copyOf(columns);
    }
}
