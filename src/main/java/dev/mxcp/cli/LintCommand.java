package dev.mxcp.cli;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.quality.lint.Finding;
import dev.mxcp.quality.lint.Fixes;
import dev.mxcp.quality.lint.Lint;
import dev.mxcp.quality.lint.Rule;
import dev.mxcp.quality.lint.Sarif;
import dev.mxcp.quality.lint.Severity;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `mxcp lint`: advice on metadata (cli Q4). Touches neither database nor Python.
@Command(
        name = "lint",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp lint [OPTIONS]",
        header = "Advise on descriptions, examples, tests and other metadata.%n",
        description = {
            "%nLooks at what a model is told about the endpoints, and at what people need to keep them.",
            "Files that cannot be loaded are left out: 'mxcp validate' is about them.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp lint --severity warning",
            "  mxcp lint --fix",
            "  mxcp lint --strict --sarif lint.sarif",
            "",
            "To silence a rule: '# lint-ignore: CODE' at the end of the line or above it, CODE in",
            "metadata.lint.ignore of the file, or in lint.ignore of mxcp-site.yml.",
        })
final class LintCommand implements CliCommand {
    private final Workshop workshop;
    private final Console console;

    @Option(
            names = "--severity",
            paramLabel = "LEVEL",
            order = 10,
            converter = SeverityConverter.class,
            description = "Show this level and worse: all or info (default), warning, error.")
    private Severity severity = Severity.INFO;

    @Option(
            names = "--strict",
            order = 11,
            description = "Exit with 1 when an error or a warning is found.")
    private boolean strict;

    @Option(
            names = "--fix",
            order = 12,
            description = "Change the files where there is only one way to; show what is left.")
    private boolean fix;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            order = 13,
            description = "Also write the findings as SARIF, for code hosts.")
    private @Nullable Path sarif;

    @Option(names = "--rules", order = 14, description = "List all rules with their reasons.")
    private boolean rules;

    @Mixin private final JsonOption json = new JsonOption();

    LintCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    /// Reads `all`, `info`, `warning` or `error`.
    static final class SeverityConverter implements ITypeConverter<Severity> {
        @Override
        public Severity convert(String word) {
            return switch (word) {
                case "all", "info" -> Severity.INFO;
                case "warning" -> Severity.WARNING;
                case "error" -> Severity.ERROR;
                default ->
                        throw new TypeConversionException(
                                "'%s' is not one of all, info, warning, error".formatted(word));
            };
        }
    }

    @Override
    public boolean json() {
        return json.json;
    }

    @Override
    public Integer call() {
        if (rules) {
            printRules();
            return ExitCode.OK;
        }
        Project project = workshop.project(false);
        workshop.log(project, false);
        Catalog catalog = CatalogLoader.load(project);
        List<Finding> findings = Lint.of(project, catalog);
        if (fix) {
            List<Finding> fixed = Fixes.apply(findings);
            new LintText(console).fixed(fixed, json());
            catalog = CatalogLoader.load(project);
            findings = Lint.of(project, catalog);
        }
        List<Finding> shown =
                findings.stream().filter(one -> one.severity().atLeast(severity)).toList();
        if (sarif != null) {
            OutputFile.write(
                    workshop.here().workingDirectory().resolve(sarif),
                    Sarif.json(shown, ProductVersion.text()));
        }
        if (json()) {
            JsonAnswer.ok(console, shown.stream().map(LintCommand::entry).toList());
        } else {
            new LintText(console).print(catalog, shown);
        }
        boolean bad = findings.stream().anyMatch(one -> one.severity().atLeast(Severity.WARNING));
        return strict && bad ? ExitCode.FAILED : ExitCode.OK;
    }

    private static Map<String, @Nullable Object> entry(Finding finding) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("severity", finding.severity().word());
        entry.put("path", finding.path());
        entry.put("location", finding.location());
        entry.put("message", finding.message());
        entry.put("suggestion", finding.suggestion());
        entry.put("code", finding.rule().code());
        entry.put("reason", finding.rule().reason());
        entry.put("line", finding.place().line());
        entry.put("fixable", finding.fix() != null);
        return entry;
    }

    private void printRules() {
        if (json()) {
            JsonAnswer.ok(
                    console,
                    List.of(Rule.values()).stream()
                            .map(rule -> {
                                var entry = new LinkedHashMap<String, @Nullable Object>();
                                entry.put("code", rule.code());
                                entry.put("severity", rule.severity().word());
                                entry.put("reason", rule.reason());
                                entry.put("suggestion", rule.remedy());
                                return entry;
                            })
                            .toList());
            return;
        }
        for (Rule rule : Rule.values()) {
            console.out()
                    .println(
                            "%s (%s)\n    why: %s\n    fix: %s"
                                    .formatted(
                                            console.style().bold(rule.code()),
                                            rule.severity().word(),
                                            rule.reason(),
                                            rule.remedy()));
        }
    }
}
