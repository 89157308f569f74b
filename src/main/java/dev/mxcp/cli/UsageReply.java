package dev.mxcp.cli;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Answers a line that the parser refuses: usage, hint and error on standard error, nothing on
/// standard output, exit code 2 (cli C0.5).
record UsageReply(Console console) implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException refused, String[] args) {
        return reply(refused.getCommandLine(), text(refused));
    }

    int reply(CommandLine command, String message) {
        console.flush();
        PrintStream err = console.err();
        String name = command.getCommandSpec().qualifiedName();
        String synopsis =
                command.getHelp().synopsis(0).strip().lines().reduce("", (a, b) -> a + b + "\n");
        err.print("Usage: " + synopsis);
        err.println("Try '" + name + " --help' for help.\n");
        console.error(message);
        return ExitCode.USAGE;
    }

    private static String text(ParameterException refused) {
        if (!(refused instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(refused.getMessage());
        }
        String word = unmatched.getUnmatched().getFirst();
        CommandLine command = unmatched.getCommandLine();
        if (unmatched.isUnknownOption()) {
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return "No such option: " + option + didYouMean(option, optionNames(command));
        }
        if (command.getParent() == null) {
            return "No such command '%s'.%s"
                    .formatted(word, didYouMean(word, command.getSubcommands().keySet()));
        }
        return "Unexpected extra argument '%s'".formatted(word);
    }

    private static String didYouMean(String word, Iterable<String> known) {
        return Suggestion.of(word, known).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private static List<String> optionNames(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .flatMap(option -> List.of(option.names()).stream())
                .toList();
    }
}
