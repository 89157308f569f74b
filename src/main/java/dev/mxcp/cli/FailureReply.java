package dev.mxcp.cli;

import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.MxcpException.CallCancelled;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// The one place that turns a failure of a command into its text, its JSON and its exit code (cli
/// C0.5, C0.6, X7).
record FailureReply(Surroundings here, CommonOptions options)
        implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult line) {
        Console console = here.console();
        if (failure instanceof UsageError usage) {
            return new UsageReply(console).reply(command, String.valueOf(usage.getMessage()));
        }
        print(failure, command.getCommand() instanceof CliCommand cli && cli.json());
        return failure instanceof CallCancelled ? ExitCode.INTERRUPTED : ExitCode.FAILED;
    }

    /// Says what failed.
    void print(Exception failure, boolean json) {
        Console console = here.console();
        String message = message(failure);
        if (json) {
            JsonAnswer.error(console, message, options.debug ? failure : null);
        } else {
            console.error(message);
            if (options.verbose(here.environment())) {
                console.err().print(JsonAnswer.stackTrace(failure));
            }
        }
    }

    private String message(Exception failure) {
        if (failure instanceof MxcpException expected) {
            return String.valueOf(expected.getMessage());
        }
        if (!options.debug) {
            LoggerFactory.getLogger(FailureReply.class).error("internal error", failure);
        }
        return "internal error: " + failure + " (this is a bug of mxcp; please report it)";
    }
}
