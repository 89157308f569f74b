package dev.mxcp.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// A page of the manual in the language of man(7), from what the parser knows of a command, so that
/// it says what help says.
final class ManPage {
    private final CommandSpec spec;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec spec) {
        this.spec = spec;
    }

    /// `mxcp-list` for `mxcp list`.
    static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    /// The whole page.
    static String of(CommandLine command) {
        return new ManPage(command.getCommandSpec()).text();
    }

    private String text() {
        UsageMessageSpec usage = spec.usageMessage();
        String name = name(spec);
        line(
                ".TH \"%s\" \"1\" \"\" \"mxcp %s\" \"MXCP\""
                        .formatted(name.toUpperCase(Locale.ROOT), ProductVersion.text()));
        line(".SH NAME");
        String summary = plain(usage.header());
        line(escaped(name + " - " + (summary.isEmpty() ? "serves projects over MCP" : summary)));
        line(".SH SYNOPSIS");
        Stream.of(usage.customSynopsis()).forEach(form -> line(".B " + escaped(form)));
        line(".SH DESCRIPTION");
        line(escaped(plain(usage.description())));
        if (!spec.positionalParameters().isEmpty()) {
            line(".SH ARGUMENTS");
            for (PositionalParamSpec argument : spec.positionalParameters()) {
                entry(argument.paramLabel(), argument);
            }
        }
        options();
        if (!spec.subcommands().isEmpty()) {
            line(".SH COMMANDS");
            spec.subcommands().values().stream()
                    .map(CommandLine::getCommandSpec)
                    .filter(command -> !command.usageMessage().hidden())
                    .forEach(command -> {
                        line(".TP");
                        line(".BR " + escaped(name(command)) + " (1)");
                        line(escaped(plain(command.usageMessage().header())));
                    });
        }
        examples(List.of(usage.footer()));
        return page.toString();
    }

    private void options() {
        line(".SH OPTIONS");
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String names = String.join(", ", option.names());
                String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
                entry(names + label, option);
            }
        }
    }

    private void entry(String term, ArgSpec argument) {
        line(".TP");
        line(".B " + escaped(term));
        line(escaped(plain(argument.description())));
    }

    private void examples(List<String> footer) {
        List<String> lines = footer.stream().map(ManPage::plain).toList();
        int start = lines.indexOf("Examples:");
        if (start < 0) {
            return;
        }
        line(".SH EXAMPLES");
        line(".nf");
        footer.subList(start + 1, footer.size()).forEach(example -> line(escaped(bare(example))));
        line(".fi");
    }

    private static String plain(String... texts) {
        return bare(String.join(" ", texts)).replaceAll("\\s+", " ").strip();
    }

    /// Without the marks of the help.
    private static String bare(String text) {
        return Ansi.OFF.string(text.replace("%n", "\n").replace("%%", "%"));
    }

    /// A leading dot or quote would be a request, a backslash an escape, a hyphen a dash.
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
