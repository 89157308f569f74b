/// Renders the Jinja templates of prompt endpoints.
@NullMarked
package dev.mxcp.engine.prompt;

import org.jspecify.annotations.NullMarked;
