/// The gate that every call passes, and the signals that end or reload a server.
@NullMarked
package dev.mxcp.server.lifecycle;

import org.jspecify.annotations.NullMarked;
