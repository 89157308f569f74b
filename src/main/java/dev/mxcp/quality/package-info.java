/// Looks at a project without serving it: static validation.
@NullMarked
package dev.mxcp.quality;

import org.jspecify.annotations.NullMarked;
