package dev.mxcp.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// `mxcp completion`: a script that completes commands and options in the shell.
@Command(
        name = "completion",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp completion",
        header = "Print a completion script for bash and zsh.%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  source <(mxcp completion)                     in this shell",
            "  mxcp completion > ~/.mxcp-completion.bash     and 'source' it in ~/.bashrc or ~/.zshrc",
        })
final class CompletionCommand implements CliCommand {
    private final Mxcp mxcp;
    private final Surroundings here;

    CompletionCommand(Mxcp mxcp, Surroundings here) {
        this.mxcp = mxcp;
        this.here = here;
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Integer call() {
        here.console().out().print(AutoComplete.bash("mxcp", mxcp.commandLine()));
        return ExitCode.OK;
    }
}
