package dev.mxcp.cli;

import java.util.concurrent.Callable;

/// One command of `mxcp`.
interface CliCommand extends Callable<Integer> {

    /// Does the work and gives the exit code.
    @Override
    Integer call();

    /// Whether the answer, and so a failure, is JSON.
    boolean json();
}
