package dev.mxcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.engine.call.Result;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Project;
import dev.mxcp.project.ProjectLoader;
import dev.mxcp.server.lifecycle.Gate;
import dev.mxcp.server.lifecycle.Reload;
import dev.mxcp.server.lifecycle.ReloadStatus;
import dev.mxcp.server.mcp.method.ListChanges;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A project that is served behind a gate and reloads, with a real database and real workers: all
/// of a server but its transport.
final class ReloadedProject implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    final Path root;
    final List<String> told = new CopyOnWriteArrayList<>();
    private final Path home;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private @Nullable ServedEngine served;
    private @Nullable Gate gate;
    private @Nullable Reload reload;

    ReloadedProject(Path folder) {
        root = folder.resolve("depot");
        home = folder.resolve("home");
        site("");
    }

    /// Writes the site file.
    ReloadedProject site(String more) {
        return file("mxcp-site.yml", "mxcp: 1\nproject: depot\nprofile: dev\n" + more);
    }

    /// Writes the user configuration with one secret.
    ReloadedProject secret(String value) {
        return file(
                "../home/.mxcp/config.yml",
                """
                mxcp: 1
                projects:
                  depot:
                    profiles:
                      dev:
                        secrets:
                          - {name: gate, type: custom, parameters: {code: %s}}
                """
                        .formatted(value));
    }

    ReloadedProject file(String path, String text) {
        try {
            Path file = root.resolve(path).normalize();
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Writes `python/depot.py`, and a tool for every public function in it that is written at the
    /// margin.
    ReloadedProject python(String text) {
        file("python/depot.py", text);
        text.lines()
                .filter(line -> line.matches("(async )?def [a-z]\\w*\\(.*"))
                .forEach(line -> {
                    String name = line.replaceFirst("^(async )?def (\\w+).*", "$2");
                    List<String> parameters =
                            List.of(line.replaceFirst(".*\\((.*)\\).*", "$1").split(", "));
                    pythonTool(name, parameters.getFirst().isEmpty() ? List.of() : parameters);
                });
        return this;
    }

    private void pythonTool(String name, List<String> parameters) {
        var text =
                new StringBuilder("mxcp: 1\ntool:\n  name: " + name + "\n  language: python\n")
                        .append("  source: {file: ../python/depot.py}\n");
        if (!parameters.isEmpty()) {
            text.append("  parameters:\n");
            parameters.forEach(parameter ->
                    text.append("    - {name: ")
                            .append(parameter)
                            .append(", type: string, description: x}\n"));
        }
        file("tools/" + name + ".yml", text.toString());
    }

    ReloadedProject sqlTool(String name, String sql) {
        return file(
                "tools/" + name + ".yml",
                "mxcp: 1\ntool:\n  name: %s\n  source: {code: \"%s\"}\n".formatted(name, sql));
    }

    Path database() {
        return root.resolve("data/db-dev.duckdb");
    }

    /// Makes a database file of its own, with another copy of DuckDB.
    static Path database(Path file, String... statements) throws SQLException, IOException {
        Files.createDirectories(file.resolveSibling(""));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
        return file;
    }

    ReloadedProject serve() {
        Project project = ProjectLoader.load(options());
        Catalog catalog = CatalogLoader.load(project);
        var how = new Engine.Options(Engine.PythonUse.RUN, false, "INFO");
        var first = new ServedEngine(Engine.open(project, catalog, how), catalog, new Source());
        var opened = new Gate(first.first(), LONG);
        Reload started =
                Reload.start(
                        opened,
                        first,
                        () -> Instant.ofEpochSecond(ended.incrementAndGet()),
                        (before, after) -> told.addAll(ListChanges.between(before, after)));
        first.onReload(started);
        served = first;
        gate = opened;
        reload = started;
        return this;
    }

    private ProjectLoader.Options options() {
        return new ProjectLoader.Options(root, null, null, false, Map.of(), home);
    }

    private final class Source implements ProjectSource {
        @Override
        public Reading read() {
            Project project = ProjectLoader.load(options());
            return new Reading(project, CatalogLoader.load(project));
        }

        @Override
        public Map<Endpoint, String> problems(Engine engine, List<Endpoint> endpoints) {
            Map<Endpoint, String> problems = new LinkedHashMap<>();
            for (Endpoint endpoint : endpoints) {
                if (endpoint.code() instanceof dev.mxcp.project.Code.Sql(var text, _, _)) {
                    var failure = engine.prepared(text, endpoint.parameters()).failure();
                    if (failure != null) {
                        problems.put(endpoint, String.valueOf(failure.getMessage()));
                    }
                }
            }
            return problems;
        }
    }

    Gate gate() {
        return Objects.requireNonNull(gate);
    }

    Reload reload() {
        return Objects.requireNonNull(reload);
    }

    ReloadStatus status() {
        return reload().status();
    }

    /// How many reloads have ended.
    int ended() {
        return ended.get();
    }

    /// Waits until that many have, and gives what the last one failed with.
    @Nullable String awaitEnded(int count) {
        eventually(() -> ended.get() >= count && !status().inProgress());
        return Objects.requireNonNull(status().last()).error();
    }

    /// Asks for a reload without payload and waits for its end.
    @Nullable String reloaded() {
        int before = ended();
        reload().request("test", null);
        return awaitEnded(before + 1);
    }

    /// Calls a tool through the gate.
    @Nullable Object call(String tool, String... namesAndValues) {
        return call(new Cancellation(), tool, namesAndValues);
    }

    @Nullable Object call(Cancellation cancellation, String tool, String... namesAndValues) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        try (Gate.Pass pass = gate().enter(cancellation, () -> {})) {
            var context =
                    new CallContext(
                            "call-" + calls.incrementAndGet(),
                            Caller.ANONYMOUS,
                            "streamable-http",
                            null,
                            cancellation,
                            ClientMessages.NONE);
            Result result =
                    pass.runner()
                            .run(endpoint(pass, tool), arguments, Arguments.Source.MCP, context);
            return Json.parse(result.json().toByteArray());
        }
    }

    private static Endpoint endpoint(Gate.Pass pass, String tool) {
        return pass.runner().catalog().endpoints().stream()
                .filter(one -> one.id().equals(tool))
                .findFirst()
                .orElseThrow();
    }

    /// Names of what is served now.
    List<String> names() {
        return gate().current().catalog().endpoints().stream().map(Endpoint::id).toList();
    }

    String failure(String tool, String... namesAndValues) {
        return String.valueOf(
                catchThrowableOfType(MxcpException.class, () -> call(tool, namesAndValues))
                        .getMessage());
    }

    /// The words of `journal.txt`.
    List<String> journal() {
        Path file = root.resolve("journal.txt");
        try {
            return Files.exists(file) ? List.of(Files.readString(file).split("\\s+")) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come true").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    void stop() {
        stop(Duration.ofSeconds(30));
    }

    void stop(Duration grace) {
        if (reload != null) {
            reload.stop();
            gate().close(Duration.ofSeconds(5));
            reload.close(grace);
            Objects.requireNonNull(served).close();
            reload = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
