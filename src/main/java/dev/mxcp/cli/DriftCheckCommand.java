package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.quality.drift.Comparison;
import dev.mxcp.quality.drift.Drift;
import dev.mxcp.quality.drift.DriftReport;
import dev.mxcp.quality.drift.Snapshot;
import dev.mxcp.quality.drift.SnapshotFile;
import dev.mxcp.quality.drift.SnapshotMaker;
import dev.mxcp.server.lifecycle.Signals;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mxcp drift-check`: what has changed since a baseline (cli D3).
@Command(
        name = "drift-check",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp drift-check [OPTIONS]",
        header = "Tell what has changed since a baseline.%n",
        description = {
            "%nCompares tables, columns, endpoint definitions, validation and tests with a snapshot",
            "that 'mxcp drift-snapshot' made. Exits with 1 when anything has changed.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp drift-check",
            "  mxcp drift-check --profile staging --baseline drift/drift-production.json",
            "  mxcp drift-check --json-output | jq .result.summary",
        })
final class DriftCheckCommand implements CliCommand {
    private final Workshop workshop;
    private final Console console;

    @Option(
            names = "--baseline",
            paramLabel = "PATH",
            order = 10,
            description = "The snapshot to compare with (the profile's).")
    private @Nullable Path baseline;

    @Option(
            names = "--readonly",
            order = 31,
            description = "Without effect: the database is always opened read-only.")
    @SuppressWarnings("UnusedVariable") // scripts give it
    private boolean readOnly;

    @Mixin private final JsonOption json = new JsonOption();

    DriftCheckCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return json.json;
    }

    @Override
    public Integer call() {
        Project project = workshop.project(true);
        workshop.log(project, false);
        Path file =
                baseline == null
                        ? project.settings().driftSnapshot()
                        : workshop.here().workingDirectory().resolve(baseline).normalize();
        Snapshot before = SnapshotFile.read(file);
        Drift drift = drift(project, before);
        String shown =
                file.startsWith(project.root())
                        ? project.root().relativize(file).toString()
                        : file.toString();
        if (json()) {
            JsonAnswer.ok(console, DriftReport.of(drift, shown, SnapshotMaker.iso(Instant.now())));
        } else {
            new DriftText(console, workshop.options().verbose(workshop.here().environment()))
                    .print(drift, shown);
        }
        return drift.any() ? ExitCode.FAILED : ExitCode.OK;
    }

    private Drift drift(Project project, Snapshot before) {
        Catalog catalog = CatalogLoader.load(project);
        var cancellation = new Cancellation();
        try (Engine engine = workshop.openReadOnly(project, catalog);
                var _ = Signals.endWith(() -> cancellation.cancel("interrupted"))) {
            var survey = new DriftSurvey(workshop, engine, catalog, cancellation);
            return new Comparison(catalog, survey.reads()).between(before, survey.take());
        }
    }
}
