package dev.mxcp.cli;

/// The command line was used wrongly in a way that the parser cannot see: exit code 2 (cli C0.5).
final class UsageError extends RuntimeException {
    UsageError(String message) {
        super(message);
    }
}
