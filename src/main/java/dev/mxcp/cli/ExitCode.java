package dev.mxcp.cli;

/// How a command ends (cli C0.5).
final class ExitCode {
    static final int OK = 0;

    /// A failure at run time, of the configuration or of a check.
    static final int FAILED = 1;

    /// The command line was used wrongly.
    static final int USAGE = 2;

    /// Ended by Ctrl-C.
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
