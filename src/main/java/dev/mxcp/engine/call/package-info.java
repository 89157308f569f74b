/// One call as values: who calls what with which arguments, until when, and what comes out.
@NullMarked
package dev.mxcp.engine.call;

import org.jspecify.annotations.NullMarked;
