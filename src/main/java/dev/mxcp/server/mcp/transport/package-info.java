/// Reads and writes messages: Streamable HTTP and stdio.
@NullMarked
package dev.mxcp.server.mcp.transport;

import org.jspecify.annotations.NullMarked;
