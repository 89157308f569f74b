package dev.mxcp.cli;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointKind;
import dev.mxcp.project.Project;
import dev.mxcp.quality.Verdict;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mxcp list`: the endpoints of the project (cli C6). Touches neither database nor Python.
@Command(
        name = "list",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp list [OPTIONS]",
        header = "List the tools, resources and prompts.%n",
        description = {
            "%nAlso lists the files that cannot be loaded, and why. Opens neither database nor",
            "Python.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp list",
            "  mxcp list --json-output | jq '.result.endpoints[].name'",
        })
final class ListCommand implements CliCommand {
    private final Workshop workshop;
    private final Console console;

    @Option(
            names = "--strict",
            order = 10,
            description = "Exit with 1 when a file cannot be loaded.")
    private boolean strict;

    @Mixin private final JsonOption json = new JsonOption();

    ListCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        return json.json;
    }

    @Override
    public Integer call() {
        Project project = workshop.project(false);
        Catalog catalog = CatalogLoader.load(project);
        if (json()) {
            JsonAnswer.ok(console, document(project, catalog));
        } else {
            print(catalog);
        }
        return strict && !catalog.broken().isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    }

    private static Map<String, @Nullable Object> document(Project project, Catalog catalog) {
        var entries = new ArrayList<Map<String, @Nullable Object>>();
        for (Endpoint endpoint : catalog.endpoints()) {
            entries.add(
                    entry(
                            endpoint.file().path().toString(),
                            endpoint.kind().yamlName(),
                            endpoint.id(),
                            ""));
        }
        for (Catalog.BrokenFile file : catalog.broken()) {
            String path = project.root().resolve(file.relativePath()).toString();
            Map<String, @Nullable Object> entry = entry(path, "unknown", "unknown", error(file));
            entry.put("problems", ProblemReport.json(file.problems()));
            entries.add(entry);
        }
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("status", catalog.broken().isEmpty() ? "ok" : "error");
        result.put("endpoints", entries);
        return result;
    }

    private static Map<String, @Nullable Object> entry(
            String path, String kind, String name, String error) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("path", path);
        entry.put("kind", kind);
        entry.put("name", name);
        entry.put("error", error);
        return entry;
    }

    /// One line a problem, with its place.
    static String error(Catalog.BrokenFile file) {
        return file.problems().stream().map(Verdict::line).collect(Collectors.joining("\n"));
    }

    private void print(Catalog catalog) {
        PrintStream out = console.out();
        int valid = catalog.endpoints().size();
        int failed = catalog.broken().size();
        if (valid + failed == 0) {
            out.println(
                    "No endpoints found. Put tools into tools/, resources into resources/,"
                            + " prompts into prompts/; 'mxcp init --bootstrap' makes a first one.");
            return;
        }
        out.println(
                "%d endpoint%s found: %d valid, %d failed"
                        .formatted(valid + failed, valid + failed == 1 ? "" : "s", valid, failed));
        BrokenFiles.print(console, catalog.broken());
        for (EndpointKind kind : EndpointKind.values()) {
            print(
                    kind,
                    catalog.endpoints().stream()
                            .filter(endpoint -> endpoint.kind() == kind)
                            .sorted(Comparator.comparing(Endpoint::id))
                            .toList());
        }
    }

    private void print(EndpointKind kind, List<Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            return;
        }
        PrintStream out = console.out();
        Style style = console.style();
        String word = kind.yamlName();
        out.println();
        out.println(
                style.bold(Character.toUpperCase(word.charAt(0)) + word.substring(1) + "s")
                        + " ("
                        + endpoints.size()
                        + ")");
        int widest =
                endpoints.stream().mapToInt(endpoint -> endpoint.id().length()).max().orElse(0);
        for (Endpoint endpoint : endpoints) {
            String name = Printable.line(endpoint.id());
            out.println(
                    "  %s%s  %s"
                            .formatted(
                                    name,
                                    " ".repeat(Math.max(0, Math.min(widest, 40) - name.length())),
                                    style.dim(endpoint.file().relativePath())));
            String description = endpoint.description();
            if (description != null && !description.isBlank()) {
                out.println("      " + HumanResult.capped(Printable.line(description.strip()), 90));
            }
        }
    }
}
