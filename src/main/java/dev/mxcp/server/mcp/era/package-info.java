/// What a protocol revision allows, and how it frames results and errors.
@NullMarked
package dev.mxcp.server.mcp.era;

import org.jspecify.annotations.NullMarked;
