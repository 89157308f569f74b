package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.quality.evals.EvalRun;
import dev.mxcp.quality.evals.EvalSuite;
import dev.mxcp.quality.evals.ModelSettings;
import dev.mxcp.quality.evals.Recording;
import dev.mxcp.quality.evals.SuiteFiles;
import dev.mxcp.quality.evals.SuiteFiles.Loaded;
import dev.mxcp.quality.evals.SuiteResult;
import dev.mxcp.server.lifecycle.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mxcp evals`: whether a model can work with the endpoints (cli Q5).
@Command(
        name = "evals",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp evals [OPTIONS] [SUITE_NAME]",
        header = "Ask a model the questions of the eval suites.%n",
        description = {
            "%nThe model sees the tools and resources as a server publishes them, and its calls take",
            "the way of a client's calls, with policies. Exits with 1 unless everything passes.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp evals",
            "  mxcp evals parcels --model gpt-4o",
            "  mxcp evals --record evals/answers.json    keeps what the model answered",
            "  mxcp evals --replay evals/answers.json    needs neither network nor key",
        })
final class EvalsCommand implements CliCommand {
    private static final String NOBODY = "test_user";

    private final Workshop workshop;
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SUITE_NAME",
            description = "One suite; without it all of them.")
    private @Nullable String suiteName;

    @Option(
            names = {"-u", "--user-context"},
            paramLabel = "JSON|@FILE",
            order = 10,
            description = "The user in every test, instead of each test's own.")
    private @Nullable String userContext;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            order = 11,
            description = "A configured model, instead of the suite's.")
    private @Nullable String modelName;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            order = 12,
            description = "Keep what the model answered.")
    private @Nullable Path recordTo;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            order = 13,
            description = "Take the answers from a recording instead of a model.")
    private @Nullable Path replayFrom;

    @Mixin private final JsonOption json = new JsonOption();

    EvalsCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return json.json;
    }

    @Override
    public Integer call() {
        if (recordTo != null && replayFrom != null) {
            throw new UsageError("--record and --replay exclude each other");
        }
        Path folder = workshop.here().workingDirectory();
        Caller everybody = everybody(folder);
        Project project = workshop.project(false);
        workshop.log(project, false);
        Recording replay = replayFrom == null ? null : Recording.read(folder.resolve(replayFrom));
        Recording record = recordTo == null ? null : new Recording();
        var cancellation = new Cancellation();
        var options =
                new EvalRun.Options(
                        test -> everybody != null ? everybody : caller(test),
                        record,
                        replay,
                        cancellation);
        List<Loaded> loaded = SuiteFiles.load(project);
        try (var _ = Signals.endWith(() -> cancellation.cancel("interrupted"))) {
            return suiteName == null
                    ? all(project, loaded, options)
                    : one(project, loaded, suiteName, options);
        } finally {
            if (record != null && recordTo != null) {
                record.write(folder.resolve(recordTo));
            }
        }
    }

    private @Nullable Caller everybody(Path folder) {
        if (userContext == null) {
            return null;
        }
        var callers = new CallerOptions();
        callers.userContext = userContext;
        return callers.caller(folder);
    }

    private static Caller caller(EvalSuite.Case test) {
        return test.userContext() == null
                ? Caller.ANONYMOUS
                : Caller.played("test", NOBODY, test.userContext());
    }

    private int one(Project project, List<Loaded> loaded, String name, EvalRun.Options options) {
        Optional<EvalSuite> found =
                loaded.stream()
                        .filter(Loaded.Sound.class::isInstance)
                        .map(one -> ((Loaded.Sound) one).suite())
                        .filter(suite -> suite.name().equals(name))
                        .findFirst();
        if (found.isEmpty()) {
            return refused(EvalDocument.unknown(name, loaded));
        }
        EvalSuite suite = found.get();
        ModelSettings model = model(project, suite, options.replay());
        if (model == null) {
            return refused(EvalDocument.NO_MODEL);
        }
        if (options.replay() == null) {
            model.requireKey();
        }
        SuiteResult result =
                with(project, suite.tests().size(), options, run -> run.run(suite, model));
        if (json()) {
            JsonAnswer.ok(console, EvalDocument.of(result));
        } else {
            text().print(result);
        }
        return result.passed() ? ExitCode.OK : ExitCode.FAILED;
    }

    private int refused(String message) {
        if (json()) {
            var result = new LinkedHashMap<String, @Nullable Object>();
            result.put("error", message);
            JsonAnswer.ok(console, result);
        } else {
            console.error(message);
        }
        return ExitCode.FAILED;
    }

    private int all(Project project, List<Loaded> loaded, EvalRun.Options options) {
        long start = System.nanoTime();
        List<EvalDocument.Entry> entries =
                loaded.isEmpty()
                        ? List.of()
                        : with(
                                project,
                                loaded.stream().mapToLong(EvalsCommand::tests).sum(),
                                options,
                                run ->
                                        loaded.stream()
                                                .map(one ->
                                                        entry(project, one, run, options.replay()))
                                                .toList());
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (json()) {
            JsonAnswer.ok(console, EvalDocument.of(entries, time));
        } else {
            text().print(entries, time);
        }
        return entries.stream().allMatch(EvalDocument.Entry::passed)
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    /// A suite whose model cannot be had does not keep the others from running.
    private EvalDocument.Entry entry(
            Project project, Loaded loaded, EvalRun run, @Nullable Recording replay) {
        return switch (loaded) {
            case Loaded.Broken broken -> EvalDocument.Entry.of(broken);
            case Loaded.Sound(EvalSuite suite) -> {
                try {
                    ModelSettings model = model(project, suite, replay);
                    yield model == null
                            ? EvalDocument.Entry.of(suite, EvalDocument.NO_MODEL)
                            : EvalDocument.Entry.of(run.run(suite, model));
                } catch (InvalidProject misconfigured) {
                    yield EvalDocument.Entry.of(suite, String.valueOf(misconfigured.getMessage()));
                }
            }
        };
    }

    /// `--model`, else the suite's, else the default, else the recording's (cli Q5.3).
    private @Nullable ModelSettings model(
            Project project, EvalSuite suite, @Nullable Recording replay) {
        Map<String, @Nullable Object> models = project.user().models();
        String name = modelName != null ? modelName : suite.model();
        if (name == null && models.get("default") instanceof String standard) {
            name = standard;
        }
        if (replay != null) {
            return replay.model(suite.name(), name, models);
        }
        return name == null ? null : ModelSettings.of(models, name);
    }

    private static long tests(Loaded loaded) {
        return loaded instanceof Loaded.Sound(EvalSuite suite) ? suite.tests().size() : 0;
    }

    private <T> T with(
            Project project, long tests, EvalRun.Options options, Function<EvalRun, T> work) {
        Catalog catalog = CatalogLoader.load(project);
        try (Engine engine = workshop.open(project, catalog);
                var progress = Progress.of(console, "tests", tests)) {
            return work.apply(new EvalRun(engine, options, _ -> progress.step()));
        }
    }

    private EvalText text() {
        return new EvalText(console, workshop.options().verbose(workshop.here().environment()));
    }
}
