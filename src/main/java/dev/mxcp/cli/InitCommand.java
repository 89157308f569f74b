package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Project;
import dev.mxcp.project.ProjectLoader;
import dev.mxcp.project.ProjectSkeleton;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mxcp init`: a new project (cli C2).
@Command(
        name = "init",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp init [OPTIONS] [FOLDER]",
        header = "Make a new project.%n",
        description = {
            "%nMakes the site file, the folders and an empty database in FOLDER. Overwrites nothing.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp init shop --bootstrap        with a first tool, hello_world",
            "  mxcp init --project shop --yes    here, with a desktop client's configuration",
        })
final class InitCommand implements CliCommand {
    private final Workshop workshop;
    private final Surroundings here;
    private final Console console;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FOLDER", description = "Default: here.")
    private @Nullable Path folder;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            order = 1,
            description = "Name of the project (the folder's name).")
    private @Nullable String project;

    @Option(names = "--bootstrap", order = 2, description = "Add a first tool: hello_world.")
    private boolean bootstrap;

    @Option(names = "--yes", order = 3, description = "Answer every question with yes.")
    private boolean yes;

    @Option(names = "--no-input", order = 4, description = "Ask nothing; answer with no.")
    private boolean noInput;

    InitCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.here = here;
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Integer call() {
        Path base = Objects.requireNonNullElse(workshop.options().projectDir, Path.of(""));
        Path target =
                here.workingDirectory()
                        .resolve(base)
                        .resolve(Objects.requireNonNullElse(folder, Path.of("")))
                        .normalize();
        if (Files.isRegularFile(target)) {
            throw new UsageError("'%s' is a file, not a folder".formatted(target));
        }
        ProjectSkeleton skeleton =
                ProjectSkeleton.plan(
                        new ProjectSkeleton.Request(
                                target,
                                project,
                                workshop.options().profile,
                                bootstrap,
                                here.workingDirectory(),
                                here.environment(),
                                here.home()));
        if (skeleton.nameIsTaken()
                && !agreed(
                        "The user configuration already has a project '%s'. Use that name?"
                                .formatted(skeleton.project()))) {
            console.out().println("Nothing was created.");
            return ExitCode.OK;
        }
        ProjectSkeleton.Created created = skeleton.create();
        created.files().forEach(this::done);
        created.folders().forEach(name -> done(name + "/"));
        created.kept().forEach(name -> console.warning(name + " was there already and was kept"));
        database(target, skeleton.profile());
        clientConfiguration(target, skeleton.project());
        nextSteps(target);
        return ExitCode.OK;
    }

    private void database(Path target, String profile) {
        try {
            Project made =
                    ProjectLoader.load(
                            new ProjectLoader.Options(
                                    target, null, profile, false, here.environment(), here.home()));
            var nothing = new Catalog(List.of(), List.of());
            try (Engine _ = workshop.open(made, nothing, Engine.PythonUse.NONE)) {
                done(
                        made.settings().database().startsWith(target)
                                ? target.relativize(made.settings().database()).toString()
                                : made.settings().database().toString());
            }
        } catch (MxcpException failure) {
            // the project is usable: the first command that needs the database makes it
            console.out()
                    .println(
                            console.style().yellow("!")
                                    + " the database was not created: "
                                    + Printable.lines(String.valueOf(failure.getMessage())));
        }
    }

    private void clientConfiguration(Path target, String name) {
        if (!agreed("Write server_config.json for a desktop client?")) {
            return;
        }
        String text = Json.pretty(DesktopClient.configuration(here, target, name)) + "\n";
        try {
            Files.writeString(target.resolve("server_config.json"), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        done("server_config.json");
        console.out().print(text);
    }

    /// Asks a person; a script answers with an option, else it is no.
    private boolean agreed(String question) {
        if (yes || noInput || !console.interactive()) {
            return yes;
        }
        Boolean answer = console.ask(question);
        if (answer == null) {
            console.warning("no answer; taken as no");
        }
        return answer != null && answer;
    }

    private void done(String what) {
        console.out().println(console.style().green("✓") + " " + Printable.line(what));
    }

    private void nextSteps(Path target) {
        PrintStream out = console.out();
        out.println("\n" + console.style().bold("Next steps"));
        if (!target.equals(here.workingDirectory())) {
            out.println("  cd " + here.workingDirectory().relativize(target));
        }
        if (bootstrap) {
            out.println("  mxcp run tool hello_world --param name=World");
        }
        out.println("  mxcp serve");
        out.println("  mxcp validate                 checks what you wrote");
        out.println("  mxcp list                     shows what there is");
        out.println("\nDesktop client's configuration: " + DesktopClient.location(here));
    }
}
