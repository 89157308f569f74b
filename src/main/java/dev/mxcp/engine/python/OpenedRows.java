package dev.mxcp.engine.python;

/// How it stands with the result of a statement that was run, or of which rows were read.
///
/// @param result its number in its session, for as long as the session keeps it
/// @param more whether rows are left
/// @param counts whether its only row is the number of rows that the statement changed
public record OpenedRows(int result, boolean more, boolean counts) {}
