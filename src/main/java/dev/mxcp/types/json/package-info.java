/// JSON as bytes: a growing output buffer, and parsing into plain Java values. Knows no type
/// definitions.
@NullMarked
package dev.mxcp.types.json;

import org.jspecify.annotations.NullMarked;
