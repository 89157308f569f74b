/// The protocol's methods, one class each, written once for every revision.
@NullMarked
package dev.mxcp.server.mcp.method;

import org.jspecify.annotations.NullMarked;
