/// DuckDB in this process: instance, sessions, statements, results. The only door to native code;
/// only the platform threads of this room enter it. Must not know Python.
@NullMarked
package dev.mxcp.engine.duckdb;

import org.jspecify.annotations.NullMarked;
