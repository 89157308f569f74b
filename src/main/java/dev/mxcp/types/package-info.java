/// The type system of endpoint files: definitions, conversion of inputs, checking of results, JSON
/// Schema. Knows neither files nor YAML nor SQL nor MCP.
@NullMarked
package dev.mxcp.types;

import org.jspecify.annotations.NullMarked;
