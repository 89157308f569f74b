package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.RenderedMessage;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointKind;
import dev.mxcp.project.Project;
import dev.mxcp.server.lifecycle.Signals;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.json.JsonBuffer;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mxcp run`: one call of one endpoint (cli C4).
@Command(
        name = "run",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp run [OPTIONS] tool|resource|prompt NAME",
        header = "Call one endpoint and print its result.%n",
        description = {
            "%nTypes, defaults, policies and checks of the result are those that a client of the",
            "server would meet.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp run tool late_parcels -p as_of=2030-01-31 -p depots='[3, 7]'",
            "  mxcp run tool import_rows -p rows=@rows.json --json-output",
            "  mxcp run resource parcel://42",
            "  mxcp run resource 'parcel://{id}' -p id=42",
            "  mxcp run prompt complaint -u '{\"role\": \"clerk\"}'",
        })
final class RunCommand implements CliCommand {
    private static final int LONGEST_VALUE = 50;

    private final Workshop workshop;
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            converter = KindConverter.class,
            description = "tool, resource or prompt.")
    @SuppressWarnings("NullAway.Init") // required, so the parser sets it
    private EndpointKind kind;

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "Name of a tool or prompt; URI or URI template of a resource.")
    @SuppressWarnings("NullAway.Init") // required, so the parser sets it
    private String name;

    @Mixin private final ParamOptions params = new ParamOptions();
    @Mixin private final CallerOptions callers = new CallerOptions();

    @Option(
            names = "--skip-output-validation",
            order = 30,
            description = "Do not check the result against the declared type.")
    private boolean skipOutputValidation;

    @Option(names = "--readonly", order = 31, description = "Open the database read-only.")
    private boolean readOnly;

    @Mixin private final JsonOption json = new JsonOption();

    RunCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return json.json;
    }

    @Override
    public Integer call() {
        var folder = workshop.here().workingDirectory();
        Caller caller = callers.caller(folder);
        Map<String, String> headers = callers.headers(folder);
        SequencedMap<String, ParamOptions.Param> given = params.read(folder);
        Project project = workshop.project(readOnly);
        workshop.log(project, false);
        Catalog catalog = CatalogLoader.load(project);
        logBroken(catalog);
        Lookup found = Lookup.of(catalog, kind, name);
        SequencedMap<String, @Nullable Object> arguments = arguments(found, given);
        if (!json()) {
            header(project, given);
        }
        var cancellation = new Cancellation();
        try (Engine engine = workshop.open(project, catalog);
                var _ = Signals.endWith(() -> cancellation.cancel("interrupted"))) {
            CallContext call = workshop.call(caller, headers, cancellation);
            print(result(engine, found.endpoint(), arguments, call));
        }
        return ExitCode.OK;
    }

    private JsonBuffer result(
            Engine engine,
            Endpoint endpoint,
            Map<String, @Nullable Object> arguments,
            CallContext call) {
        if (endpoint instanceof Endpoint.Prompt prompt) {
            return messages(engine.render(prompt, arguments, Arguments.Source.TEXT, call));
        }
        return engine.run(endpoint, arguments, Arguments.Source.TEXT, call, !skipOutputValidation)
                .json();
    }

    private static JsonBuffer messages(List<RenderedMessage> messages) {
        return new JsonBuffer()
                .any(
                        messages.stream()
                                .map(message -> {
                                    var shown = new LinkedHashMap<String, @Nullable Object>();
                                    shown.put("prompt", message.prompt());
                                    shown.put("role", message.role());
                                    shown.put("type", message.type());
                                    return shown;
                                })
                                .toList());
    }

    private static SequencedMap<String, @Nullable Object> arguments(
            Lookup found, SequencedMap<String, ParamOptions.Param> given) {
        SequencedMap<String, @Nullable Object> arguments = new LinkedHashMap<>(found.fromUri());
        ParamOptions.values(given)
                .forEach((name, value) -> {
                    if (found.fromUri().containsKey(name)) {
                        throw new CallRejected(
                                "Parameter '%s' is given by the URI and by --param"
                                        .formatted(name));
                    }
                    arguments.put(name, value);
                });
        return arguments;
    }

    private static void logBroken(Catalog catalog) {
        for (Catalog.BrokenFile file : catalog.broken()) {
            LoggerFactory.getLogger(RunCommand.class)
                    .warn(
                            "{} is left out: {}",
                            file.relativePath(),
                            file.problems().getFirst().message());
        }
    }

    private void header(Project project, SequencedMap<String, ParamOptions.Param> given) {
        PrintStream out = console.out();
        Style style = console.style();
        out.println(style.bold("Running " + kind.yamlName() + " " + Printable.line(name)));
        given.forEach((name, param) ->
                out.println(
                        "  %s = %s"
                                .formatted(
                                        Printable.line(name),
                                        HumanResult.capped(
                                                Printable.line(param.shown()), LONGEST_VALUE))));
        if (project.settings().readOnly()) {
            out.println("  Read-only");
        }
        out.flush();
    }

    private void print(JsonBuffer result) {
        if (json()) {
            JsonAnswer.ok(console, result);
            return;
        }
        console.out().println(console.style().green("Success") + "\n");
        new HumanResult(console).print(result);
    }
}
