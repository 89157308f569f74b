package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.EndpointKind;
import dev.mxcp.project.Project;
import dev.mxcp.quality.testing.Coverage;
import dev.mxcp.quality.testing.JUnitReport;
import dev.mxcp.quality.testing.Status;
import dev.mxcp.quality.testing.TestFilter;
import dev.mxcp.quality.testing.TestReport;
import dev.mxcp.quality.testing.TestRun;
import dev.mxcp.server.lifecycle.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mxcp test`: the tests that endpoint files carry (cli Q3).
@Command(
        name = "test",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp test [OPTIONS] [tool|resource|prompt] [NAME]",
        header = "Run the tests of the endpoints.%n",
        description = {
            "%nCalls endpoints as a client would, with the user of each test, and compares what they",
            "give. Hooks run once. Exits with 1 unless all tests pass.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp test",
            "  mxcp test tool late_parcels",
            "  mxcp test -k 'stock*' --watch",
            "  mxcp test --json-output --junit target/tests.xml --coverage",
            "  mxcp test tool stock -u '{\"role\": \"clerk\"}'",
        })
final class TestCommand implements CliCommand {
    private static final int MOST_JOBS = 4;

    private final Workshop workshop;
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            converter = KindConverter.class,
            description = "tool, resource or prompt; without it all endpoints.")
    private @Nullable EndpointKind kind;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of a tool or prompt; URI template or name of a resource.")
    private @Nullable String name;

    @Option(
            names = "-k",
            paramLabel = "PATTERN",
            order = 10,
            description =
                    "Only tests with this text in 'tool/stock::name of the test'; * and ? match any.")
    private @Nullable String pattern;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            order = 11,
            description =
                    "How many endpoints that only read run at once (default: cores, at most 4).")
    private int jobs = Math.min(MOST_JOBS, Runtime.getRuntime().availableProcessors());

    @Mixin private final CallerOptions callers = new CallerOptions();

    @Option(
            names = "--update",
            order = 30,
            description =
                    "Accept what failed tests saw: show it, ask on a terminal, write it into the files.")
    private boolean update;

    @Option(
            names = "--watch",
            order = 31,
            description = "Run again whenever a file of the project changes, until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--coverage",
            order = 32,
            description = "Say which endpoints and policies no test reaches.")
    private boolean coverage;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            order = 33,
            description = "Also write the results as JUnit XML.")
    private @Nullable Path junit;

    @Option(names = "--readonly", order = 34, description = "Open the database read-only.")
    private boolean readOnly;

    @Mixin private final JsonOption json = new JsonOption();

    TestCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return json.json;
    }

    @Override
    public Integer call() {
        if (watch && json()) {
            throw new UsageError("--watch is for people: it prints no JSON document");
        }
        if (jobs < 1) {
            throw new UsageError("--jobs must be at least 1");
        }
        Path folder = workshop.here().workingDirectory();
        Caller caller = callers.userContext == null ? null : callers.caller(folder);
        Map<String, String> headers = callers.headers(folder);
        var cancellation = new Cancellation();
        var options =
                new TestRun.Options(
                        caller,
                        headers,
                        pattern == null ? TestFilter.ALL : TestFilter.of(pattern),
                        jobs,
                        cancellation);
        try (var _ = Signals.endWith(() -> cancellation.cancel("interrupted"))) {
            return watch ? watched(options) : once(workshop.project(readOnly), options);
        }
    }

    /// Runs until Ctrl-C, which is then no failure.
    private int watched(TestRun.Options options) {
        var failures = new FailureReply(workshop.here(), workshop.options());
        while (true) {
            Project project = workshop.project(readOnly);
            try (var changes = FileChanges.of(project, options.cancellation())) {
                try {
                    once(project, options);
                } catch (CallCancelled ended) {
                    return ExitCode.OK;
                } catch (RuntimeException failure) {
                    failures.print(failure, false); // the next change may mend it
                }
                console.out().println("\nWaiting for changes; Ctrl-C ends.");
                console.flush();
                if (!changes.await()) {
                    return ExitCode.OK;
                }
                console.out().println("\n" + console.style().dim("-".repeat(60)) + "\n");
            }
        }
    }

    private int once(Project project, TestRun.Options options) {
        workshop.log(project, false);
        Catalog catalog = CatalogLoader.load(project);
        TestSelection selection = TestSelection.of(catalog, kind, name);
        if (selection.missing() != null) {
            return notFound(selection.missing());
        }
        TestReport report = run(project, catalog, selection, options);
        print(project, catalog, selection, report);
        if (junit != null) {
            write(workshop.here().workingDirectory().resolve(junit), JUnitReport.xml(report));
        }
        boolean accepted = update && new AcceptedResults(console, json()).offer(report);
        return report.status() == Status.PASSED || accepted ? ExitCode.OK : ExitCode.FAILED;
    }

    private TestReport run(
            Project project, Catalog catalog, TestSelection selection, TestRun.Options options) {
        long tests =
                selection.endpoints().stream().mapToLong(one -> one.file().tests().size()).sum();
        if (tests == 0) {
            return new TestReport(TestReport.untested(selection.endpoints()), selection.broken());
        }
        try (Engine engine = workshop.open(project, catalog);
                var progress = Progress.of(console, "tests", tests)) {
            var run = new TestRun(engine, options, _ -> progress.step());
            return new TestReport(run.run(selection.endpoints()), selection.broken());
        }
    }

    private void print(
            Project project, Catalog catalog, TestSelection selection, TestReport report) {
        Coverage covered = coverage ? Coverage.of(catalog, report) : null;
        if (json()) {
            JsonAnswer.ok(console, TestDocument.of(project, selection.single(), report, covered));
            return;
        }
        var text = new TestText(console, workshop.options().verbose(workshop.here().environment()));
        text.print(report, selection.single());
        if (covered != null) {
            text.print(covered);
        }
        console.flush();
    }

    private int notFound(String message) {
        if (json()) {
            JsonAnswer.ok(console, TestDocument.missing(message));
        } else {
            console.error(message);
        }
        return ExitCode.FAILED;
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UsageError("cannot write %s: %s".formatted(file, unwritable));
        }
    }
}
