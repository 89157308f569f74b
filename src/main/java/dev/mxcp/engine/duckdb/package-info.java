/// DuckDB in this process: instance, sessions, statements, results. The only door to native code;
/// only the platform threads of this room enter it. Must not know Python.
///
/// Who owns what: [dev.mxcp.engine.duckdb.DuckDb] owns the native database, the threads and the
/// pool; the pool owns connections that nobody uses; a session owns one while a call has it; a
/// connection owns its prepared statements; a result lives while its reader runs. Each native
/// object is freed by its owner, on a thread of the room. The one native call from elsewhere is the
/// interrupt.
@NullMarked
package dev.mxcp.engine.duckdb;

import org.jspecify.annotations.NullMarked;
