package dev.mxcp.cli;

import dev.mxcp.engine.Engine;
import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Project;
import dev.mxcp.project.UserConfig;
import dev.mxcp.quality.Verdict;
import dev.mxcp.server.ServedEngine;
import dev.mxcp.server.Server;
import dev.mxcp.server.lifecycle.Signals;
import dev.mxcp.telemetry.Telemetry;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mxcp serve`: the project as an MCP server (cli C3).
@Command(
        name = "serve",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "mxcp serve [OPTIONS]",
        header = "Serve the project over MCP.%n",
        description = {
            "%nServes until Ctrl-C or SIGTERM, over stdio until the end of input.%n",
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  mxcp serve                          http://localhost:8000/mcp, or as configured",
            "  mxcp serve --port 9400 --stateless  behind a load balancer",
            "  mxcp -C /srv/shop serve --transport stdio",
            "                                      as a desktop client starts it",
        })
final class ServeCommand implements CliCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Workshop workshop;
    private final Console console;
    private final RunningServer running = new RunningServer();

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            order = 1,
            converter = ProviderConverter.class,
            description = "streamable-http (default), sse or stdio.")
    private UserConfig.@Nullable Provider transport;

    @Option(
            names = "--port",
            paramLabel = "INT",
            order = 2,
            description = "Port to listen on (8000).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            order = 3,
            description = "Name or address to listen on (localhost).")
    private @Nullable String host;

    @Option(names = "--stateless", order = 4, description = "HTTP without sessions.")
    private boolean stateless;

    @Option(
            names = "--sql-tools",
            paramLabel = "true|false",
            arity = "1",
            order = 5,
            description = "Offer the built-in SQL tools, or not.")
    private @Nullable Boolean sqlTools;

    @Option(
            names = "--ignore-errors",
            order = 6,
            description = "Leave endpoints with errors out instead of refusing to start.")
    private boolean ignoreErrors;

    @Option(names = "--readonly", order = 7, description = "Open the database read-only.")
    private boolean readOnly;

    @Mixin private final JsonOption json = new JsonOption();

    ServeCommand(CommonOptions options, Surroundings here) {
        this.workshop = new Workshop(options, here);
        this.console = here.console();
    }

    @Override
    public boolean json() {
        // over stdio standard output is the protocol's: then a failure is text on standard error
        return json.json && transport != UserConfig.Provider.STDIO;
    }

    @Override
    public Integer call() {
        try (var _ = Signals.endOrReloadWith(running::stop, running::reload)) {
            return serve();
        }
    }

    private int serve() {
        var source = new ServedProject(workshop, readOnly, sqlTools);
        Project project = source.first();
        workshop.log(project, true);
        UserConfig.Transport configured = project.user().transport();
        UserConfig.Provider provider = Objects.requireNonNullElse(transport, configured.provider());
        boolean stdio = provider == UserConfig.Provider.STDIO;
        if (provider == UserConfig.Provider.SSE) {
            throw new InvalidProject(
                    Problem.of(
                            "the transport 'sse' is not available in this version",
                            "use streamable-http"));
        }
        Catalog catalog = ServedProject.catalog(project);
        // closed last: it sends what the last calls told it
        try (Telemetry telemetry = workshop.telemetry(project);
                Engine engine = workshop.open(project, catalog, Engine.PythonUse.RUN, telemetry)) {
            List<Verdict> verdicts = workshop.validation(engine).validate(catalog);
            List<Verdict> failed = verdicts.stream().filter(verdict -> !verdict.ok()).toList();
            if (!failed.isEmpty() && !ignoreErrors) {
                new ServeReport(console, project.root()).refuse(failed, json.json, stdio);
                return ExitCode.FAILED;
            }
            Catalog fit = sound(verdicts);
            failed.forEach(verdict ->
                    LOG.warn("{} is left out: {}", verdict.relativePath(), verdict.message()));
            try (var served = new ServedEngine(engine, fit, source)) {
                Server server =
                        stdio
                                ? stdio(served)
                                : http(served, engine, fit, provider, configured, failed.size());
                telemetry.count(
                        "mxcp.up",
                        "version",
                        ProductVersion.text(),
                        "profile",
                        project.profile(),
                        "project",
                        String.valueOf(project.site().project()),
                        "transport",
                        provider.yamlName());
                running.serve(server);
            }
        }
        if (!stdio) {
            console.out().println("Stopped.");
        }
        return ExitCode.OK;
    }

    /// Ends a server that [#call()] runs on another thread.
    void stop() {
        running.stop();
    }

    /// As `--port` does.
    void listenOn(int wantedPort) {
        port = wantedPort;
    }

    private Server stdio(ServedEngine served) {
        LOG.info("serving over stdio");
        return Server.startStdio(served, console.in(), console.protocol(), ProductVersion.text());
    }

    private Server http(
            ServedEngine engine,
            Engine first,
            Catalog served,
            UserConfig.Provider provider,
            UserConfig.Transport configured,
            int skipped) {
        var options =
                new Server.HttpOptions(
                        Objects.requireNonNullElse(host, configured.host()),
                        port == 0 ? configured.port() : port,
                        stateless || configured.stateless(),
                        configured.allowedHosts(),
                        configured.allowedOrigins(),
                        configured.baseUrl());
        Server server = Server.startHttp(engine, options, ProductVersion.text());
        new ServeReport(console, first.project().root())
                .banner(first, served, provider, options, server.port(), skipped);
        return server;
    }

    private static Catalog sound(List<Verdict> verdicts) {
        return new Catalog(
                verdicts.stream()
                        .filter(Verdict::ok)
                        .<@Nullable Endpoint>map(Verdict::endpoint)
                        .filter(Objects::nonNull)
                        .toList(),
                List.of());
    }
}
