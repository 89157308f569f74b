/// Tests through the front door: the built launcher in its own process, real HTTP and stdio, real
/// projects. They see what a user sees and nothing else.
@NullMarked
package dev.mxcp.scenario;

import org.jspecify.annotations.NullMarked;
