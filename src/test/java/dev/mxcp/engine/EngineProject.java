package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Project;
import dev.mxcp.project.ProjectLoader;
import dev.mxcp.types.Arguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A project in a temporary folder with its engine: real DuckDB, real workers.
final class EngineProject implements AutoCloseable {
    private final Path root;
    private final Path home;
    private @Nullable Engine engine;

    EngineProject(Path folder) {
        root = folder.resolve("shop");
        home = folder.resolve("home");
        site("");
    }

    /// Writes the site file.
    EngineProject site(String more) {
        return write("mxcp-site.yml", "mxcp: 1\nproject: shop\nprofile: dev\n" + more);
    }

    /// Writes the user configuration.
    EngineProject user(String text) {
        return write("../home/.mxcp/config.yml", text);
    }

    EngineProject write(String path, String text) {
        try {
            Path file = root.resolve(path).normalize();
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Whether the running project wrote this file.
    boolean wrote(String path) {
        return Files.exists(root.resolve(path));
    }

    /// A tool without parameters; `source` is its code or file.
    EngineProject tool(String name, String language, String source) {
        return write(
                "tools/" + name + ".yml",
                "mxcp: 1\ntool:\n  name: "
                        + name
                        + "\n  language: "
                        + language
                        + "\n  source: "
                        + source);
    }

    EngineProject open(Engine.PythonUse python) {
        return open(new Engine.Options(python, false, "INFO"));
    }

    EngineProject open(Engine.Options options) {
        Project project =
                ProjectLoader.load(
                        new ProjectLoader.Options(root, null, null, false, Map.of(), home));
        Catalog catalog = CatalogLoader.load(project);
        engine = Engine.open(project, catalog, options);
        return this;
    }

    EngineProject open() {
        return open(Engine.PythonUse.RUN);
    }

    Engine engine() {
        if (engine == null) {
            open();
        }
        return java.util.Objects.requireNonNull(engine);
    }

    /// The rows of a text as JSON.
    String query(String sql) {
        return query(sql, call());
    }

    String query(String sql, CallContext call) {
        return engine().query(sql, Map.of(), call).json().text();
    }

    /// The result of a tool as JSON.
    String run(String tool, CallContext call) {
        Endpoint endpoint =
                engine().catalog().endpoints().stream()
                        .filter(e -> e.id().equals(tool))
                        .findFirst()
                        .orElseThrow();
        return engine().run(endpoint, Map.of(), Arguments.Source.MCP, call, true).json().text();
    }

    String run(String tool) {
        return run(tool, call());
    }

    static CallContext call() {
        return call(Caller.ANONYMOUS, ClientMessages.NONE);
    }

    static CallContext call(Caller caller, ClientMessages client) {
        return new CallContext(
                UUID.randomUUID().toString(),
                caller,
                "cli-test",
                Map.of("x-id", "7"),
                new Cancellation(),
                client);
    }

    @SuppressWarnings("NullAway") // does not see the type annotations of compiled classes
    static CallContext callOf(String name) {
        var caller = new Caller("oidc", "id", name, null, null, null, null, "token", List.of());
        return call(caller, ClientMessages.NONE);
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
