/// The command line: one class a command, which reads flags, calls down and prints.
@NullMarked
package dev.mxcp.cli;

import org.jspecify.annotations.NullMarked;
