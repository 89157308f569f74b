/// Where log lines go and how they look: standard error and a file, for people or for machines.
/// Knows no command.
@NullMarked
package dev.mxcp.cli.logging;

import org.jspecify.annotations.NullMarked;
