package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointKind;
import dev.mxcp.project.Project;
import dev.mxcp.project.UserConfig;
import dev.mxcp.quality.Verdict;
import dev.mxcp.server.Server;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `serve` says before it serves: which endpoints keep it from starting, or where it listens
/// and what it serves (cli C3).
record ServeReport(Console console, Path root) {
    private static final int NAMES_WIDTH = 60;

    /// The endpoints that keep the server from starting.
    ///
    /// @param stdio whether standard output belongs to the protocol
    void refuse(List<Verdict> failed, boolean json, boolean stdio) {
        List<Verdict> sorted =
                failed.stream().sorted(Comparator.comparing(Verdict::relativePath)).toList();
        String count = "Found %d endpoint(s) with errors".formatted(failed.size());
        if (json && !stdio) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("status", "error");
            document.put("message", count);
            document.put("failed_endpoints", sorted.stream().map(this::entry).toList());
            JsonAnswer.bare(console, document);
            return;
        }
        PrintStream to = stdio ? console.err() : console.out();
        Style style = stdio ? console.errorStyle() : console.style();
        to.println(count + ":");
        sorted.forEach(verdict -> VerdictText.failed(to, style, verdict));
        to.println("\nCorrect them, or serve the others with --ignore-errors.");
        console.flush();
    }

    private Map<String, @Nullable Object> entry(Verdict verdict) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("path", root.resolve(verdict.relativePath()).toString());
        entry.put("error", verdict.message());
        entry.put("problems", ProblemReport.json(verdict.problems()));
        return entry;
    }

    /// Where the server listens and what it serves, in one screen.
    void banner(
            Engine engine,
            Catalog served,
            UserConfig.Provider provider,
            Server.HttpOptions options,
            int port,
            int skipped) {
        Project project = engine.project();
        PrintStream out = console.out();
        Style style = console.style();
        String url = "http://%s:%d/mcp".formatted(bracketed(options.host()), port);
        out.println(
                style.bold("MXCP " + ProductVersion.text())
                        + "  project %s, profile %s"
                                .formatted(
                                        Printable.line(project.site().project()),
                                        Printable.line(project.profile())));
        line("Transport", provider.yamlName() + (options.stateless() ? " (Stateless)" : ""));
        line("Listening", "host %s, port %d".formatted(options.host(), port));
        line(
                "Database",
                "%s (%s)"
                        .formatted(
                                Printable.line(project.settings().database().toString()),
                                project.settings().readOnly() ? "Read-only" : "Read-write"));
        line("SQL tools", project.site().sqlTools().enabled() ? "on" : "off");
        List<Endpoint> endpoints = served.endpoints();
        for (EndpointKind kind : EndpointKind.values()) {
            endpoints(kind, endpoints);
        }
        if (endpoints.isEmpty()) {
            out.println("  No endpoints: put YAML files into tools/, resources/ or prompts/.");
        }
        if (skipped > 0) {
            line("Skipped", skipped + " with errors ('mxcp validate' says why)");
        }
        out.println(style.green("Ready: ") + style.bold(url) + "  (Ctrl-C stops)");
        console.flush();
    }

    private void endpoints(EndpointKind kind, List<Endpoint> all) {
        List<String> ids =
                all.stream()
                        .filter(endpoint -> endpoint.kind() == kind)
                        .map(endpoint -> Printable.line(endpoint.id()))
                        .toList();
        String word = kind.yamlName();
        var names = new StringBuilder();
        int shown = 0;
        for (String id : ids) {
            if (names.length() + id.length() > NAMES_WIDTH) {
                break;
            }
            names.append(shown++ == 0 ? "" : ", ").append(id);
        }
        if (shown < ids.size()) {
            names.append(shown == 0 ? "" : ", ")
                    .append("+")
                    .append(ids.size() - shown)
                    .append(" more");
        }
        line(
                Character.toUpperCase(word.charAt(0)) + word.substring(1) + "s",
                ids.isEmpty() ? "0" : ids.size() + "  " + names);
    }

    private void line(String label, String value) {
        console.out().println("  %-11s %s".formatted(label, value));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
