/// What can be wrong with a project or a call, as values: a message, its place and its remedy.
/// Knows nothing else.
@NullMarked
package dev.mxcp.problem;

import org.jspecify.annotations.NullMarked;
