/// Asks models whether they can work with a project's endpoints: suites of questions, the wire
/// formats of two families of APIs, the loop of calls, and what is expected of the answers. Calls
/// go through the engine like a client's. Nothing here is loaded by other commands.
@NullMarked
package dev.mxcp.quality.evals;

import org.jspecify.annotations.NullMarked;
