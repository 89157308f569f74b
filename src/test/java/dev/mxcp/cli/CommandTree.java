package dev.mxcp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/// The commands and options that help shows.
///
/// @param everywhere names of the options of every command
/// @param commands names of the options of each command beside those
public record CommandTree(List<String> everywhere, SequencedMap<String, List<String>> commands) {

    /// Of the command line as it is built.
    public static CommandTree read() {
        CommandLine root = new Mxcp(Terminal.piped(Path.of("/")).here()).commandLine();
        List<String> everywhere = names(root);
        var commands = new LinkedHashMap<String, List<String>>();
        root.getSubcommands()
                .forEach((name, command) -> {
                    if (!command.getCommandSpec().usageMessage().hidden()) {
                        var own = new ArrayList<>(names(command));
                        own.removeAll(everywhere);
                        commands.put(name, own);
                    }
                });
        return new CommandTree(everywhere, commands);
    }

    private static List<String> names(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()))
                .toList();
    }
}
