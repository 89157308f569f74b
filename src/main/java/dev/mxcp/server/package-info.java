/// What lives only while serving; Server is the composition root.
@NullMarked
package dev.mxcp.server;

import org.jspecify.annotations.NullMarked;
