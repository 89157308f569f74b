package dev.mxcp.cli;

import dev.mxcp.cli.logging.LogOutput;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The command line as a whole: which commands there are, and what every one of them does alike.
/// One use, one thread.
public final class Mxcp {
    private final Surroundings here;

    public Mxcp(Surroundings here) {
        this.here = here;
    }

    /// Runs one command.
    ///
    /// @return the exit code (cli C0.5)
    public int run(String... args) {
        int dbt = positionOf("dbt", args);
        String[] line = dbt < 0 ? args : DbtCommand.separated(args, dbt);
        try {
            return commandLine(line).execute(line);
        } catch (Error broken) {
            // the JVM itself is in trouble: say so and end, whatever threads there are
            here.console().error("internal error: " + broken);
            here.console().err().print(JsonAnswer.stackTrace(broken));
            return ExitCode.FAILED;
        } finally {
            here.console().flush();
        }
    }

    /// All commands, for help and completion.
    CommandLine commandLine() {
        return commandLine(new String[] {"--help"});
    }

    /// Reading a command's annotations is most of the parser's start: only the command that the
    /// line asks for is built, all of them for help and after a mistake.
    private CommandLine commandLine(String[] args) {
        var options = new CommonOptions();
        Map<String, Supplier<CliCommand>> commands = commands(options);
        var root = new CommandLine(new RootCommand(options, here));
        String wanted = Arrays.stream(args).filter(commands::containsKey).findFirst().orElse("");
        boolean help = wanted.isEmpty() || positionOf(wanted, args) < 0;
        commands.forEach((name, command) -> {
            if (help || name.equals(wanted)) {
                root.addSubcommand(name, command.get());
            }
        });
        root.setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(false)
                .setOut(writer(here.console().out()))
                .setErr(writer(here.console().err()))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(here.console().style().forHelp()))
                .setUsageHelpWidth(usageWidth())
                .setParameterExceptionHandler(new UsageReply(here.console()))
                .setExecutionExceptionHandler(new FailureReply(here, options))
                .setExecutionStrategy(parsed -> {
                    LogOutput.beforeProject(
                            options.verbose(here.environment()) ? "DEBUG" : options.logLevel,
                            options.logFormat);
                    return new CommandLine.RunLast().execute(parsed);
                });
        root.getSubcommands().values().forEach(command -> inOrder(command.getCommandSpec()));
        return root;
    }

    private Map<String, Supplier<CliCommand>> commands(CommonOptions options) {
        var commands = new LinkedHashMap<String, Supplier<CliCommand>>();
        commands.put("init", () -> new InitCommand(options, here));
        commands.put("serve", () -> new ServeCommand(options, here));
        commands.put("run", () -> new RunCommand(options, here));
        commands.put("list", () -> new ListCommand(options, here));
        commands.put("query", () -> new QueryCommand(options, here));
        commands.put("validate", () -> new ValidateCommand(options, here));
        commands.put("test", () -> new TestCommand(options, here));
        commands.put("describe", () -> new DescribeCommand(options, here));
        commands.put("doctor", () -> new DoctorCommand(options, here));
        commands.put("dbt-config", () -> new DbtConfigCommand(options, here));
        commands.put("dbt", () -> new DbtCommand(options, here));
        commands.put("train-start-up", () -> new TrainCommand(options, here));
        commands.put("completion", () -> new CompletionCommand(this, here));
        return commands;
    }

    /// Where the command of this name stands, if it is the command of the line: everything before
    /// it must be options of all commands with their values. Else -1.
    private static int positionOf(String command, String[] args) {
        int at = 0;
        while (at < args.length && args[at].startsWith("-")) {
            boolean takesValue =
                    switch (args[at]) {
                        case "-C", "--project-dir", "--profile", "--log-level", "--log-format" ->
                                true;
                        default -> false;
                    };
            at += takesValue ? 2 : 1;
        }
        return at < args.length && args[at].equals(command) ? at : -1;
    }

    private static PrintWriter writer(PrintStream to) {
        return new PrintWriter(to, true, StandardCharsets.UTF_8);
    }

    private int usageWidth() {
        int columns = here.console().columns();
        return columns == 0 ? 100 : Math.clamp(columns, 60, 110);
    }

    private static void inOrder(CommandSpec spec) {
        spec.usageMessage().sortOptions(false).abbreviateSynopsis(true);
    }
}
