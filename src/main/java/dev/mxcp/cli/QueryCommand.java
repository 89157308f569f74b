package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.server.lifecycle.Signals;
import dev.mxcp.types.json.JsonBuffer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mxcp query`: any SQL on the project's database (cli C5).
@Command(
        name = "query",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp query [OPTIONS] SQL | --file PATH",
        header = "Run SQL on the project's database.%n",
        description = {
            "%nPrints the rows of the last statement. Extensions, secrets and plugin functions of the project are there; endpoints and",
            "their policies are not involved.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp query 'SELECT * FROM parcels WHERE weight > $kg' -p kg=20",
            "  mxcp query --file sql/report.sql --json-output",
        })
final class QueryCommand implements CliCommand {
    private static final int SHOWN_LINES = 5;

    private final Workshop workshop;
    private final Console console;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SQL", description = "The SQL text.")
    private @Nullable String sql;

    @Option(
            names = "--file",
            paramLabel = "PATH",
            order = 1,
            description = "Read the SQL from a file (UTF-8).")
    private @Nullable String file;

    @Mixin private final ParamOptions params = new ParamOptions();

    @Option(names = "--readonly", order = 31, description = "Open the database read-only.")
    private boolean readOnly;

    @Mixin private final JsonOption json = new JsonOption();

    QueryCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return json.json;
    }

    @Override
    public Integer call() {
        Path folder = workshop.here().workingDirectory();
        String text = text(folder);
        SequencedMap<String, ParamOptions.Param> given = params.read(folder);
        Project project = workshop.project(readOnly);
        workshop.log(project, false);
        Catalog catalog = CatalogLoader.load(project);
        if (!json()) {
            header(project, text, given);
        }
        var cancellation = new Cancellation();
        try (Engine engine = workshop.openEvenWithoutPython(project, catalog);
                var _ = Signals.endWith(() -> cancellation.cancel("interrupted"))) {
            var call = workshop.call(Caller.ANONYMOUS, null, cancellation);
            print(engine.query(text, ParamOptions.values(given), call).json());
        }
        return ExitCode.OK;
    }

    private String text(Path folder) {
        if ((sql == null) == (file == null)) {
            throw new UsageError("Give the SQL either as argument or with --file");
        }
        String text = sql != null ? sql : read(folder, file == null ? "" : file);
        if (text.isBlank()) {
            throw new UsageError("The SQL is empty");
        }
        return text;
    }

    private static String read(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (NoSuchFileException missing) {
            throw new UsageError("SQL file not found: " + file);
        } catch (MalformedInputException notText) {
            throw new UsageError("SQL file %s is not UTF-8 text".formatted(file));
        } catch (IOException unreadable) {
            throw new UsageError("Cannot read SQL file %s: %s".formatted(file, unreadable));
        }
    }

    private void header(
            Project project, String text, SequencedMap<String, ParamOptions.Param> given) {
        PrintStream out = console.out();
        if (file != null) {
            out.println("File: " + Printable.line(file));
        }
        var lines = text.strip().lines().toList();
        lines.stream()
                .limit(SHOWN_LINES)
                .forEach(line -> out.println(console.style().dim("  " + Printable.line(line))));
        if (lines.size() > SHOWN_LINES) {
            out.println(console.style().dim("  ..."));
        }
        given.forEach((name, param) ->
                out.println(
                        "  $%s = %s"
                                .formatted(
                                        Printable.line(name),
                                        HumanResult.capped(Printable.line(param.shown()), 50))));
        out.println(project.settings().readOnly() ? "  Read-only" : "  Read-write");
        out.flush();
    }

    private void print(JsonBuffer rows) {
        if (json()) {
            JsonAnswer.ok(console, rows);
            return;
        }
        console.out().println(console.style().green("Success") + "\n");
        Shown shown = Shown.of(rows);
        new HumanResult(console).print(shown);
        if (shown instanceof Shown.Items(var items) && items.size() > HumanResult.MOST_ROWS) {
            console.out().println("--json-output prints all rows");
        }
    }
}
