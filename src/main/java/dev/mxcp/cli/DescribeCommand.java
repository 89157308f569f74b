package dev.mxcp.cli;

import dev.mxcp.engine.SqlTables;
import dev.mxcp.problem.MxcpException.CallRejected;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointFile;
import dev.mxcp.project.Project;
import dev.mxcp.server.mcp.method.Published;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `mxcp describe`: one endpoint as a model sees it, and what stands behind it (issue 6, item 8).
@Command(
        name = "describe",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp describe [OPTIONS] NAME",
        header = "Show an endpoint as a model sees it, its policies and tables.%n",
        description = {
            "%nShows the entry that a server sends to clients and how much of a model's context it",
            "takes, the policies of the endpoint, and the tables that its SQL names. Opens neither",
            "the project's database nor Python.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp describe late_parcels",
            "  mxcp describe 'parcel://{id}' --json-output",
        })
final class DescribeCommand implements CliCommand {
    /// What a token is of English or JSON, roughly, with any of the usual models.
    private static final int BYTES_PER_TOKEN = 4;

    private final Workshop workshop;
    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Name of a tool or prompt; URI or URI template of a resource.")
    @SuppressWarnings("NullAway.Init") // required, so the parser sets it
    private String name;

    @Mixin private final JsonOption json = new JsonOption();

    DescribeCommand(CommonOptions options, Surroundings here) {
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
        Endpoint endpoint = find(CatalogLoader.load(project), name);
        JsonBuffer entry = Published.entry(endpoint);
        List<String> tables = tables(endpoint);
        if (json()) {
            JsonAnswer.ok(console, document(endpoint, entry, tables));
        } else {
            print(endpoint, entry, tables);
        }
        return ExitCode.OK;
    }

    /// Names are unique across kinds (P4), so the kind need not be said.
    private static Endpoint find(Catalog catalog, String name) {
        return catalog.endpoints().stream()
                .filter(endpoint -> endpoint.id().equals(name))
                .findFirst()
                .or(() ->
                        catalog.endpoints().stream()
                                .filter(endpoint ->
                                        endpoint instanceof Endpoint.Resource resource
                                                && resource.uri().match(name).isPresent())
                                .findFirst())
                .orElseThrow(() -> notFound(catalog, name));
    }

    private static CallRejected notFound(Catalog catalog, String name) {
        String near =
                Suggestion.of(name, catalog.endpoints().stream().map(Endpoint::id).toList())
                        .map(word -> "; did you mean '%s'?".formatted(word))
                        .orElse("");
        String broken =
                catalog.broken().isEmpty()
                        ? ""
                        : "\n  %d file(s) could not be loaded: 'mxcp validate' says why"
                                .formatted(catalog.broken().size());
        return new CallRejected("Endpoint '%s' not found%s%s".formatted(name, near, broken));
    }

    private static List<String> tables(Endpoint endpoint) {
        if (!(endpoint.code() instanceof Code.Sql(String text, _, _))) {
            return List.of();
        }
        try (var tables = SqlTables.open()) {
            return List.copyOf(tables.of(text));
        }
    }

    private static Map<String, @Nullable Object> document(
            Endpoint endpoint, JsonBuffer entry, List<String> tables) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("kind", endpoint.kind().yamlName());
        document.put("name", endpoint.id());
        document.put("path", endpoint.file().relativePath());
        document.put("runs", runs(endpoint));
        document.put("seen_by_clients", Json.parse(entry.array(), 0, entry.size()));
        document.put("bytes", (long) entry.size());
        document.put("estimated_tokens", tokens(entry));
        document.put("tables", tables);
        var policies = new LinkedHashMap<String, @Nullable Object>();
        policies.put("input", rules(endpoint.file().policies().input()));
        policies.put("output", rules(endpoint.file().policies().output()));
        document.put("policies", policies);
        document.put("tests", (long) endpoint.file().tests().size());
        return document;
    }

    private static List<Map<String, @Nullable Object>> rules(List<EndpointFile.Rule> rules) {
        var plain = new ArrayList<Map<String, @Nullable Object>>();
        for (EndpointFile.Rule rule : rules) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("condition", rule.condition());
            entry.put("action", rule.action());
            if (!rule.fields().isEmpty()) {
                entry.put("fields", rule.fields());
            }
            if (rule.reason() != null) {
                entry.put("reason", rule.reason());
            }
            plain.add(entry);
        }
        return plain;
    }

    private static long tokens(JsonBuffer entry) {
        return Math.ceilDiv(entry.size(), BYTES_PER_TOKEN);
    }

    private static String runs(Endpoint endpoint) {
        return switch (endpoint.code()) {
            case Code.Sql(_, var file, _) ->
                    file == null ? "SQL in the endpoint file" : "SQL of " + file.getFileName();
            case Code.SqlArgument _ -> "SQL that the caller sends";
            case Code.Python(var file, _) -> "Python of " + file.getFileName();
            case null -> "templates";
        };
    }

    private void print(Endpoint endpoint, JsonBuffer entry, List<String> tables) {
        PrintStream out = console.out();
        Style style = console.style();
        out.println(
                style.bold(endpoint.kind().yamlName() + " " + Printable.line(endpoint.id()))
                        + "  "
                        + style.dim(
                                Printable.line(endpoint.file().relativePath())
                                        + ", "
                                        + runs(endpoint)));
        out.println(
                "\n%s  (%d bytes, about %d tokens)"
                        .formatted(style.bold("What a model sees"), entry.size(), tokens(entry)));
        out.println(Printable.lines(Json.pretty(Json.parse(entry.array(), 0, entry.size()))));
        out.println("\n" + style.bold("Policies"));
        print("before the call", endpoint.file().policies().input());
        print("after the call", endpoint.file().policies().output());
        if (endpoint.file().policies().equals(EndpointFile.Policies.NONE)) {
            out.println("  none: everybody may call it and sees the whole result");
        }
        out.println("\n" + style.bold("Tables"));
        out.println(
                "  "
                        + (tables.isEmpty()
                                ? endpoint.code() instanceof Code.Python
                                        ? "not known: Python decides"
                                        : "none"
                                : Printable.line(String.join(", ", tables))));
        int tests = endpoint.file().tests().size();
        out.println("\n" + style.bold("Tests") + "\n  " + (tests == 0 ? "none" : tests));
    }

    private void print(String when, List<EndpointFile.Rule> rules) {
        for (EndpointFile.Rule rule : rules) {
            String fields = rule.fields().isEmpty() ? "" : " " + String.join(", ", rule.fields());
            console.out()
                    .println(
                            "  %s: %s%s if %s"
                                    .formatted(
                                            when,
                                            rule.action(),
                                            Printable.line(fields),
                                            Printable.line(rule.condition())));
        }
    }
}
