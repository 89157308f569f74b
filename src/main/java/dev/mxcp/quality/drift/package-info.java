/// What a project and its database looked like at one time, and what has changed since. Knows
/// nothing of how endpoints run: what it needs of the engine it asks through its own small
/// interfaces.
@NullMarked
package dev.mxcp.quality.drift;

import org.jspecify.annotations.NullMarked;
