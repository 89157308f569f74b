package dev.mxcp.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mxcp man`: the pages of the manual.
@Command(
        name = "man",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp man [OPTIONS] [COMMAND]",
        header = "Print or install the manual pages.%n",
        description = {"%nPrints the page of a command, or of mxcp itself, for man.%n"},
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp man run | man -l -",
            "  mxcp man --install ~/.local/share/man     then: man mxcp-run",
        })
final class ManCommand implements CliCommand {
    private final Mxcp mxcp;
    private final Surroundings here;

    @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "Of which.")
    private @Nullable String command;

    @Option(
            names = "--install",
            paramLabel = "DIR",
            order = 10,
            description = "Write all pages into DIR/man1.")
    private @Nullable Path install;

    ManCommand(Mxcp mxcp, Surroundings here) {
        this.mxcp = mxcp;
        this.here = here;
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Integer call() {
        CommandLine root = mxcp.commandLine();
        if (install != null) {
            return write(root, here.workingDirectory().resolve(install).resolve("man1"));
        }
        CommandLine wanted = command == null ? root : root.getSubcommands().get(command);
        if (wanted == null) {
            throw new UsageError(
                    "No such command '%s'.%s"
                            .formatted(
                                    command,
                                    Suggestion.of(command + "", root.getSubcommands().keySet())
                                            .map(name -> " Did you mean " + name + "?")
                                            .orElse("")));
        }
        here.console().out().print(ManPage.of(wanted));
        return ExitCode.OK;
    }

    private int write(CommandLine root, Path folder) {
        List<CommandLine> commands = new ArrayList<>(List.of(root));
        root.getSubcommands().values().stream()
                .filter(one -> !one.getCommandSpec().usageMessage().hidden())
                .forEach(commands::add);
        try {
            Files.createDirectories(folder);
            for (CommandLine one : commands) {
                Path file = folder.resolve(ManPage.name(one.getCommandSpec()) + ".1");
                Files.writeString(file, ManPage.of(one));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        here.console().out().println("%d pages in %s".formatted(commands.size(), folder));
        return ExitCode.OK;
    }
}
