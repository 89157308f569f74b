package dev.mxcp.quality.testing;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.CatalogLoader;
import dev.mxcp.project.Project;
import dev.mxcp.project.ProjectLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A project in a temporary folder whose tests are run: real DuckDB, real workers.
final class Shop {
    private final Path root;

    Shop(Path folder) {
        root = folder.resolve("shop");
        write("mxcp-site.yml", "mxcp: 1\nproject: shop\nprofile: dev\n");
    }

    Shop write(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// A tool of this source with these tests, both as YAML.
    Shop tool(String name, String body, String tests) {
        return write(
                "tools/" + name + ".yml",
                "mxcp: 1\ntool:\n  name: %s\n%s  tests:\n%s"
                        .formatted(name, body.indent(2), tests.indent(4)));
    }

    Path file(String path) {
        return root.resolve(path);
    }

    Catalog catalog() {
        return CatalogLoader.load(project());
    }

    TestReport run() {
        return run(options());
    }

    TestReport run(TestRun.Options options) {
        Catalog catalog = catalog();
        try (Engine engine =
                Engine.open(
                        project(),
                        catalog,
                        new Engine.Options(Engine.PythonUse.RUN, false, "INFO"))) {
            var run = new TestRun(engine, options, _ -> {});
            return new TestReport(run.run(catalog.endpoints()), catalog.broken());
        }
    }

    static TestRun.Options options() {
        return new TestRun.Options(null, null, TestFilter.ALL, 4, new Cancellation());
    }

    private Project project() {
        return ProjectLoader.load(
                new ProjectLoader.Options(
                        root, null, null, false, Map.of(), root.resolve("../home")));
    }
}
