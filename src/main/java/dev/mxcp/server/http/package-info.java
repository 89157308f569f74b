/// The HTTP listener, its routes, filters and limits.
@NullMarked
package dev.mxcp.server.http;

import org.jspecify.annotations.NullMarked;
