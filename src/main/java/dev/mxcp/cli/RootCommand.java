package dev.mxcp.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mxcp` without a command: help.
@Command(
        name = "mxcp",
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp [OPTIONS] COMMAND [ARGS]",
        description =
                "%nServes a folder of YAML, SQL and Python files as MCP tools, resources and prompts.%n",
        optionListHeading = "%nOptions (also after the command):%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp init shop --bootstrap              start a project with a first tool",
            "  mxcp run tool hello_world -p name=Ada   call an endpoint once",
            "  mxcp serve                              serve the project over HTTP",
            "",
            "'mxcp COMMAND --help' says more about a command.",
        })
final class RootCommand implements CliCommand {
    @Mixin private final CommonOptions options;
    private final Surroundings here;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            order = 107,
            description = "Show the version.")
    boolean version;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    RootCommand(CommonOptions options, Surroundings here) {
        this.options = options;
        this.here = here;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(here.console().out(), here.console().style().forHelp());
        return ExitCode.OK;
    }

    @Override
    public boolean json() {
        return false;
    }

    CommonOptions options() {
        return options;
    }

    /// `mxcp 0.1.0`
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"mxcp " + ProductVersion.text()};
        }
    }
}
