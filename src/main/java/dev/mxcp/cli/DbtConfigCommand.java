package dev.mxcp.cli;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Project;
import dev.mxcp.quality.dbt.DbtFiles;
import dev.mxcp.quality.dbt.DbtProgram;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mxcp dbt-config`: configures dbt for the project (cli B1).
@Command(
        name = "dbt-config",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp dbt-config [OPTIONS]",
        header = "Write dbt's configuration for this project.%n",
        description = {
            "%nWrites ~/.dbt/profiles.yml and dbt_project.yml so that dbt works on the project's",
            "database. What stands in them for other projects stays; comments are lost. Secrets are",
            "named as environment variables, which 'mxcp dbt' sets.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp dbt-config --dry-run          shows both files and writes nothing",
            "  mxcp dbt-config --profile staging",
        })
final class DbtConfigCommand implements CliCommand {
    private static final int COUNTDOWN = 5;

    private final Workshop workshop;
    private final Console console;

    @Option(names = "--dry-run", order = 10, description = "Show both files; write nothing.")
    private boolean dryRun;

    @Option(names = "--force", order = 11, description = "Replace an existing dbt profile.")
    private boolean force;

    @Option(
            names = "--embed-secrets",
            order = 12,
            description = "Write the secrets themselves into profiles.yml; needs --force.")
    private boolean embedSecrets;

    DbtConfigCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Integer call() {
        Project project = workshop.project(false);
        DbtCommand.refuseDisabled(project);
        if (embedSecrets && !force) {
            throw new InvalidProject(
                    Problem.of(
                            "--embed-secrets writes secrets in clear into ~/.dbt/profiles.yml",
                            "add --force if that is meant"));
        }
        if (DbtProgram.find(workshop.here().environment(), project.root()).isEmpty()) {
            console.warning("there is no dbt on PATH. " + DbtCommand.INSTALL);
        }
        DbtFiles files = DbtFiles.of(project, workshop.here().home(), embedSecrets);
        header(project);
        if (dryRun) {
            show(files);
            return ExitCode.OK;
        }
        if (files.replacesProfile() && !force) {
            throw new InvalidProject(
                    Problem.of(
                            "the dbt profile '%s' exists already in %s"
                                    .formatted(files.profileName(), files.profilesFile()),
                            "--force replaces what it says about this project"));
        }
        if (embedSecrets) {
            countDown();
        }
        files.write();
        written(files);
        return ExitCode.OK;
    }

    private void header(Project project) {
        PrintStream out = console.out();
        out.println("Project: " + Printable.line(project.site().project()));
        out.println("Profile: " + Printable.line(project.profile()));
        out.println(
                "Secrets: "
                        + (embedSecrets ? "embedded" : "environment variables, set by 'mxcp dbt'"));
        if (dryRun) {
            out.println("Dry run: nothing is written");
        }
    }

    private void show(DbtFiles files) {
        PrintStream out = console.out();
        out.println("\n# " + files.profilesFile());
        out.print(files.profilesText());
        out.println("\n# " + files.projectFile());
        out.print(files.projectText());
    }

    private void countDown() {
        PrintStream out = console.out();
        out.println(
                console.style().yellow("Warning:")
                        + " secrets are written in clear into ~/.dbt/profiles.yml");
        for (int left = COUNTDOWN; console.interactive() && left > 0; left--) {
            out.println("  in %d s; Ctrl-C stops".formatted(left));
            out.flush();
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void written(DbtFiles files) {
        PrintStream out = console.out();
        String mark = console.style().green("✓") + " ";
        out.println(mark + files.profilesFile());
        out.println(mark + files.projectFile());
        String elsewhere =
                workshop.here().environment().getOrDefault("DBT_PROFILES_DIR", "").strip();
        if (!elsewhere.isEmpty()) {
            console.warning(
                    "DBT_PROFILES_DIR is set, so dbt reads %s/profiles.yml instead"
                            .formatted(elsewhere));
        }
        out.println("\n" + console.style().bold("Next steps"));
        out.println("  dbt deps        if the project uses packages");
        out.println("  dbt run         without secrets");
        out.println("  mxcp dbt run    with the project's secrets as environment variables");
    }
}
