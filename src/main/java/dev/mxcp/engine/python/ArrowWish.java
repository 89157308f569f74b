package dev.mxcp.engine.python;

/// Which form of Arrow a worker wants.
///
/// @param lossless with types that another DuckDB understands as they were, and numbered columns
/// @param schema whether to begin with the schema
/// @param again whether to begin with the rows that were read last
public record ArrowWish(boolean lossless, boolean schema, boolean again) {}
