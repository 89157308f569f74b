package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.problem.MxcpException.Unavailable;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.quality.Finding;
import dev.mxcp.quality.SiteReferences;
import dev.mxcp.quality.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        Looked looked = look(project, all, wanted);
        var verdicts = new ArrayList<>(looked.verdicts());
        @Nullable String trouble = looked.trouble();
        if (endpoint == null) {
            if (verdicts.isEmpty()) {
                trouble = "No endpoints found";
            }
            List<Finding> site = SiteReferences.check(project);
            if (!site.isEmpty()) {
                verdicts.addFirst(new Verdict("mxcp-site.yml", null, site, List.of()));
            }
        }
        if (json()) {
            JsonAnswer.ok(
                    console,
                    endpoint == null || verdicts.size() > 1
                            ? ValidateReport.document(verdicts, trouble)
                            : ValidateReport.entry(verdicts.getFirst(), trouble));
        } else {
            new ValidateReport(console).print(verdicts, trouble);
        }
        boolean ok = trouble == null && verdicts.stream().allMatch(Verdict::ok);
        return ok ? ExitCode.OK : ExitCode.FAILED;
    }

    /// @param trouble why not everything could be checked; null when it could
    private record Looked(List<Verdict> verdicts, @Nullable String trouble) {}

    private Looked look(Project project, Catalog all, Catalog wanted) {
        try (Engine engine = workshop.open(project, all, Engine.PythonUse.INSPECT)) {
            return new Looked(workshop.validation(engine).validate(wanted, all), null);
        } catch (Unavailable locked) {
            return new Looked(
                    besideTheHolder(project, all, wanted), String.valueOf(locked.getMessage()));
        } catch (EndpointFailed closed) {
            return new Looked(
                    workshop.validationWithoutEngine().validate(wanted, all),
                    String.valueOf(closed.getMessage()));
        }
    }

    /// A server that holds the database must not keep its author from the other checks.
    private List<Verdict> besideTheHolder(Project project, Catalog all, Catalog wanted) {
        try (Engine engine = workshop.openWithoutTables(project, all, Engine.PythonUse.INSPECT)) {
            return workshop.validationWithoutTables(engine).validate(wanted, all);
        }
    }

    /// The catalog of one file, given by its path or the name of its endpoint; of several when they
    /// wrongly share the name.
    private Catalog only(Catalog all, Project project, String wanted) {
        Path path = workshop.here().workingDirectory().resolve(wanted).normalize();
        for (var candidate : all.endpoints()) {
            if (candidate.file().path().equals(path) || candidate.id().equals(wanted)) {
                return new Catalog(List.of(candidate), List.of());
            }
        }
        List<Catalog.BrokenFile> broken =
                all.broken().stream()
                        .filter(file ->
                                wanted.equals(file.id())
                                        || project.root().resolve(file.relativePath()).equals(path))
                        .toList();
        return new Catalog(
                List.of(), broken.isEmpty() ? List.of(missing(all, project, wanted)) : broken);
    }

    private Catalog.BrokenFile missing(Catalog all, Project project, String wanted) {
        Path path = workshop.here().workingDirectory().resolve(wanted).normalize();
        String shown =
                path.startsWith(project.root())
                        ? project.root().relativize(path).toString()
                        : wanted;
        var known = new ArrayList<String>();
        all.endpoints()
                .forEach(candidate -> {
                    known.add(candidate.id());
                    known.add(candidate.file().relativePath());
                });
        String fix =
                Suggestion.of(wanted, known)
                        .map(near -> "did you mean '%s'?".formatted(near))
                        .orElse("'mxcp list' shows files and names");
        return new Catalog.BrokenFile(
                shown,
                null,
                List.of(Problem.of("Endpoint file not found or not a valid endpoint", fix)));
    }
}
