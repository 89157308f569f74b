/// Runs one endpoint: joins the rooms below for arguments, SQL, Python and prompts. Knows no HTTP
/// and no MCP.
@NullMarked
package dev.mxcp.engine;

import org.jspecify.annotations.NullMarked;
