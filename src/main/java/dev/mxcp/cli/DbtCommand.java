package dev.mxcp.cli;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Project;
import dev.mxcp.quality.dbt.DbtProgram;
import dev.mxcp.quality.dbt.DbtSecrets;
import dev.mxcp.server.lifecycle.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mxcp dbt`: dbt with the project's secrets in its environment (cli B2).
@Command(
        name = "dbt",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp [OPTIONS] dbt [DBT ARGUMENTS]",
        header = "Run dbt with the project's secrets as environment variables.%n",
        description = {
            "%nEverything after 'dbt' goes to dbt but --profile, --debug and --help; after '--'",
            "these go to dbt too. Secrets are MXCP_SECRET_<SECRET>_<PARAMETER>. Ends with dbt's own",
            "exit status.%n",
        },
        optionListHeading = "%nOptions (the others only before 'dbt'):%n",
        footer = {
            "",
            "Examples:",
            "  mxcp dbt run --select orders",
            "  mxcp dbt --profile staging test",
            "  mxcp dbt -- --help",
        })
final class DbtCommand implements CliCommand {
    static final String INSTALL = "Install it with `pip install dbt-core dbt-duckdb`";

    private final Workshop workshop;
    private final Console console;

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "What dbt is to do.")
    private List<String> arguments = new ArrayList<>();

    DbtCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    /// The line as the parser wants it: what is dbt's stands behind `--`.
    ///
    /// @param at where the word `dbt` is
    static String[] separated(String[] args, int at) {
        var ours = new ArrayList<>(List.of(args).subList(0, at + 1));
        var dbts = new ArrayList<String>();
        for (int i = at + 1; i < args.length; i++) {
            String word = args[i];
            if (word.equals("--")) {
                dbts.addAll(List.of(args).subList(i + 1, args.length));
                break;
            } else if (word.equals("--profile") && i + 1 < args.length) {
                ours.add(word);
                ours.add(args[++i]);
            } else if (word.startsWith("--profile=")
                    || word.equals("--profile")
                    || word.equals("--debug")
                    || word.equals("--help")) {
                ours.add(word);
            } else {
                dbts.add(word);
            }
        }
        if (!dbts.isEmpty()) {
            ours.add("--");
            ours.addAll(dbts);
        }
        return ours.toArray(String[]::new);
    }

    /// @throws InvalidProject when the site file switches dbt off
    static void refuseDisabled(Project project) {
        if (!project.site().dbt().enabled()) {
            throw new InvalidProject(
                    Problem.of(
                            "dbt is disabled in this project",
                            "remove `dbt.enabled: false` from mxcp-site.yml"));
        }
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Integer call() {
        Project project = workshop.project(false);
        refuseDisabled(project);
        Surroundings here = workshop.here();
        DbtProgram dbt =
                DbtProgram.find(here.environment(), project.root())
                        .orElseThrow(() ->
                                new InvalidProject(Problem.of("there is no dbt on PATH", INSTALL)));
        Map<String, String> secrets = DbtSecrets.variables(project.user().secrets());
        Map<String, String> environment = new HashMap<>(here.environment());
        environment.putAll(secrets);
        said(
                "project %s, profile %s, %d variable%s for secrets: dbt %s"
                        .formatted(
                                project.site().project(),
                                project.profile(),
                                secrets.size(),
                                secrets.size() == 1 ? "" : "s",
                                String.join(" ", arguments)));
        int code = run(dbt, environment);
        said(code == 0 ? "dbt succeeded" : "dbt ended with exit status " + code);
        return code;
    }

    private int run(DbtProgram dbt, Map<String, String> environment) {
        Path project = workshop.options().projectDir;
        Path folder = workshop.here().workingDirectory();
        console.flush();
        try {
            DbtProgram.Run run =
                    dbt.start(
                            arguments,
                            project == null ? folder : folder.resolve(project),
                            environment);
            try (var _ = Signals.endWith(run::end)) {
                return run.await();
            }
        } catch (IOException notStarted) {
            throw new InvalidProject(
                    Problem.of(
                            "%s cannot be started: %s"
                                    .formatted(dbt.file(), notStarted.getMessage()),
                            INSTALL));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private void said(String line) {
        console.err().println(console.errorStyle().dim("mxcp: " + Printable.line(line)));
    }
}
