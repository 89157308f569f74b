package dev.mxcp.engine.duckdb;

/// Which Arrow types rows become.
///
/// @param options DuckDB's, see [ArrowCalls#connectionGetArrowOptions(long)]
/// @param numbered whether the columns are named `c0`, `c1`, ... instead of as they are
/// @param schema whether it is wanted, too
record ArrowForm(long options, boolean numbered, boolean schema) {}
