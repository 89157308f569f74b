/// The Model Context Protocol: one dispatcher for every revision, whatever the transport.
@NullMarked
package dev.mxcp.server.mcp;

import org.jspecify.annotations.NullMarked;
