/// Sessions of the handshake revisions: what they remember, when they end.
@NullMarked
package dev.mxcp.server.mcp.session;

import org.jspecify.annotations.NullMarked;
