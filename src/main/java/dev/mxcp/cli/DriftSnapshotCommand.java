package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.quality.drift.Snapshot;
import dev.mxcp.quality.drift.SnapshotFile;
import dev.mxcp.server.lifecycle.Signals;
import dev.mxcp.types.json.Json;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mxcp drift-snapshot`: keeps the state of project and database as a baseline (cli D1).
@Command(
        name = "drift-snapshot",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp drift-snapshot [OPTIONS]",
        header = "Keep the state of project and database as a baseline.%n",
        description = {
            "%nValidates every endpoint, runs its tests, reads the tables and writes all that to the",
            "profile's drift file. The database is opened read-only. Failing tests and invalid",
            "endpoints are part of the state: they do not fail the command.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp drift-snapshot",
            "  mxcp drift-snapshot --force --profile production",
            "  mxcp drift-snapshot --dry-run",
        })
final class DriftSnapshotCommand implements CliCommand {
    private final Workshop workshop;
    private final Console console;

    @Option(names = "--force", order = 10, description = "Replace an existing snapshot.")
    private boolean force;

    @Option(names = "--dry-run", order = 11, description = "Show the snapshot; write nothing.")
    private boolean dryRun;

    @Mixin private final JsonOption json = new JsonOption();

    DriftSnapshotCommand(CommonOptions options, Surroundings here) {
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
        Path file = project.settings().driftSnapshot();
        if (Files.exists(file) && !force && !dryRun) {
            throw new InvalidProject(
                    Problem.of(
                            "the snapshot %s exists already".formatted(file),
                            "--force overwrites it"));
        }
        Snapshot snapshot = survey(project);
        if (!dryRun) {
            SnapshotFile.write(snapshot, file);
        }
        if (json()) {
            var result = new LinkedHashMap<String, @Nullable Object>();
            result.put("path", file.toString());
            result.put("drift_hash", SnapshotFile.hash(snapshot));
            result.put("generated_at", snapshot.generatedAt());
            JsonAnswer.ok(console, result);
        } else {
            print(snapshot, file);
        }
        return ExitCode.OK;
    }

    private Snapshot survey(Project project) {
        Catalog catalog = CatalogLoader.load(project);
        var cancellation = new Cancellation();
        try (Engine engine = workshop.openReadOnly(project, catalog);
                var _ = Signals.endWith(() -> cancellation.cancel("interrupted"))) {
            return new DriftSurvey(workshop, engine, catalog, cancellation).take();
        }
    }

    private void print(Snapshot snapshot, Path file) {
        PrintStream out = console.out();
        if (dryRun) {
            out.println(Json.pretty(SnapshotFile.plain(snapshot)));
            out.println("\nDry run: nothing was written to " + file);
            return;
        }
        out.println(console.style().green("✓") + " " + file);
        out.println("  hash       " + SnapshotFile.hash(snapshot).substring(0, 12));
        out.println("  taken      " + snapshot.generatedAt());
        out.println("  tables     " + snapshot.tables().size());
        out.println("  resources  " + snapshot.resources().size());
        out.println("\n'mxcp drift-check' compares with it.");
    }
}
