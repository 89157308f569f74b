/// Renders the templates of prompt endpoints: the Jinja2 language as existing projects use it (E9),
/// with the values, operators and text forms of Python. Templates reach their arguments and nothing
/// else: no files, no other templates, no Java. Arguments are data, never parsed (M16.5).
@NullMarked
package dev.mxcp.engine.prompt;

import org.jspecify.annotations.NullMarked;
