/// CPython workers: starting, watching, replacing them, and the wire to them. The only door to
/// processes. Must not know DuckDB.
@NullMarked
package dev.mxcp.engine.python;

import org.jspecify.annotations.NullMarked;
