package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.quality.Verdict;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mxcp validate`: whether the endpoints can be served (cli Q2).
@Command(
        name = "validate",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp validate [OPTIONS] [ENDPOINT]",
        header = "Check whether the endpoints can be served.%n",
        description = {
            "%nChecks all endpoint files, or one: YAML and types, SQL against the database, Python",
            "functions, prompt templates. Executes no endpoint. Exits with 1 when there is an error.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp validate",
            "  mxcp validate tools/late_parcels.yml",
            "  mxcp validate late_parcels --json-output",
        })
final class ValidateCommand implements CliCommand {
    private final Workshop workshop;
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ENDPOINT",
            description = "Path of an endpoint file, name of a tool or prompt, URI of a resource.")
    private @Nullable String endpoint;

    @Option(names = "--readonly", order = 31, description = "Open the database read-only.")
    private boolean readOnly;

    @Mixin private final JsonOption json = new JsonOption();

    ValidateCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return json.json;
    }

    @Override
    public Integer call() {
        Project project = workshop.project(readOnly);
        workshop.log(project, false);
        Catalog all = CatalogLoader.load(project);
        Catalog wanted = endpoint == null ? all : only(all, project, endpoint);
        @Nullable String trouble = null;
        List<Verdict> verdicts;
        try (Engine engine = workshop.open(project, all, Engine.PythonUse.INSPECT)) {
            verdicts = workshop.validation(engine).validate(wanted);
        } catch (EndpointFailed | Unavailable closed) {
            // a server that holds the database must not keep its author from the other checks
            trouble = String.valueOf(closed.getMessage());
            verdicts = workshop.validationWithoutEngine(trouble).validate(wanted);
        }
        if (endpoint == null && verdicts.isEmpty()) {
            trouble = "No endpoints found";
        }
        if (json()) {
            JsonAnswer.ok(
                    console,
                    endpoint == null ? document(verdicts, trouble) : entry(verdicts.getFirst()));
        } else {
            print(verdicts, trouble);
        }
        boolean ok = trouble == null && verdicts.stream().allMatch(Verdict::ok);
        return ok ? ExitCode.OK : ExitCode.FAILED;
    }

    /// The catalog of one file.
    private Catalog only(Catalog all, Project project, String wanted) {
        Path path = workshop.here().workingDirectory().resolve(wanted).normalize();
        for (var candidate : all.endpoints()) {
            if (candidate.file().path().equals(path) || candidate.id().equals(wanted)) {
                return new Catalog(List.of(candidate), List.of());
            }
        }
        for (var candidate : all.broken()) {
            if (project.root().resolve(candidate.relativePath()).equals(path)) {
                return new Catalog(List.of(), List.of(candidate));
            }
        }
        var missing =
                new Catalog.BrokenFile(
                        path.startsWith(project.root())
                                ? project.root().relativize(path).toString()
                                : wanted,
                        List.of(
                                Problem.of(
                                        "Endpoint file not found or not a valid endpoint",
                                        "'mxcp list' shows files and names")));
        return new Catalog(List.of(), List.of(missing));
    }

    private static Map<String, @Nullable Object> document(
            List<Verdict> verdicts, @Nullable String trouble) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        boolean ok = trouble == null && verdicts.stream().allMatch(Verdict::ok);
        result.put("status", ok ? "ok" : "error");
        result.put("validated", verdicts.stream().map(ValidateCommand::entry).toList());
        if (trouble != null) {
            result.put("message", trouble);
        }
        return result;
    }

    private static Map<String, @Nullable Object> entry(Verdict verdict) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("status", verdict.ok() ? "ok" : "error");
        entry.put("path", verdict.relativePath());
        if (!verdict.ok()) {
            entry.put("message", verdict.message());
        }
        if (!verdict.warnings().isEmpty()) {
            entry.put("warnings", verdict.warnings());
        }
        return entry;
    }

    private void print(List<Verdict> verdicts, @Nullable String trouble) {
        PrintStream out = console.out();
        Style style = console.style();
        List<Verdict> failed =
                verdicts.stream()
                        .filter(verdict -> !verdict.ok())
                        .sorted(Comparator.comparing(Verdict::relativePath))
                        .toList();
        int passed = verdicts.size() - failed.size();
        if (!verdicts.isEmpty()) {
            out.println(
                    "%d file%s checked: %d passed, %d failed"
                            .formatted(
                                    verdicts.size(),
                                    verdicts.size() == 1 ? "" : "s",
                                    passed,
                                    failed.size()));
        }
        if (!failed.isEmpty()) {
            out.println("\n" + style.bold("Failed"));
            failed.forEach(verdict -> VerdictText.failed(console, verdict));
        }
        if (passed > 0) {
            out.println("\n" + style.bold("Passed"));
            verdicts.stream()
                    .filter(Verdict::ok)
                    .forEach(verdict -> VerdictText.passed(console, verdict));
        }
        if (trouble != null) {
            console.error(trouble);
        }
    }
}
