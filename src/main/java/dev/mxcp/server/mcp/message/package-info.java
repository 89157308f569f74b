/// The protocol's messages as records, one a file.
@NullMarked
package dev.mxcp.server.mcp.message;

import org.jspecify.annotations.NullMarked;
