package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.project.Secret;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A project of Python files in a temporary folder, with real workers on it.
final class PythonProject implements AutoCloseable {
    static final Path SHIPPED = Path.of("src/main/python").toAbsolutePath();

    final Path root;
    final JdbcDatabase database;
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<String> logs = new CopyOnWriteArrayList<>();
    private final List<PluginInstance> plugins = new ArrayList<>();
    private final List<Path> outside = new ArrayList<>();
    private final AtomicInteger lastCall = new AtomicInteger();
    private @Nullable Workers workers;

    private int workerCount = 1;
    private long resultLimit = 200L << 20;
    private Duration grace = Duration.ofSeconds(5);
    private Interpreter interpreter = new Interpreter(List.of("python3"), "the test");

    PythonProject(Path root) throws SQLException, IOException {
        this.root = root.toRealPath();
        this.database = new JdbcDatabase();
        Files.createDirectories(root.resolve("python"));
    }

    PythonProject file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    PythonProject plugin(String name, String module, Map<String, String> config) {
        plugins.add(new PluginInstance(name, module, config));
        return this;
    }

    PythonProject outside(String path) {
        outside.add(root.resolve(path));
        return this;
    }

    PythonProject workers(int count) {
        workerCount = count;
        return this;
    }

    PythonProject resultLimit(long bytes) {
        resultLimit = bytes;
        return this;
    }

    PythonProject grace(Duration duration) {
        grace = duration;
        return this;
    }

    PythonProject interpreter(String command) {
        interpreter = new Interpreter(List.of(command), "the test");
        return this;
    }

    Workers.Config config() {
        var site = new LinkedHashMap<String, Object>();
        site.put("mxcp", 1L);
        site.put("project", "harbour");
        site.put("profiles", Map.of("dev", Map.of("duckdb", Map.of("path", "data/db.duckdb"))));
        var user = new LinkedHashMap<String, Object>();
        user.put("mxcp", 1L);
        return new Workers.Config(
                interpreter,
                SHIPPED,
                root,
                root.resolve("python"),
                root.resolve("plugins"),
                plugins,
                outside,
                site,
                user,
                List.of(
                        new Secret("key", "value", Map.of("value", "s3cret")),
                        new Secret("bare", "value", Map.of())),
                workerCount,
                false,
                "INFO",
                resultLimit,
                grace);
    }

    PythonProject start() {
        workers = Workers.start(config(), database, sink());
        return this;
    }

    Workers running() {
        if (workers == null) {
            start();
        }
        return java.util.Objects.requireNonNull(workers);
    }

    LogSink sink() {
        return new LogSink() {
            @Override
            public void line(
                    Stream stream, String line, @Nullable String call, @Nullable String endpoint) {
                lines.add(stream + "|" + line + "|" + call + "|" + endpoint);
            }

            @Override
            public void log(
                    String level,
                    int number,
                    String logger,
                    String message,
                    @Nullable String call,
                    @Nullable String endpoint) {
                logs.add(level + "|" + logger + "|" + message + "|" + endpoint);
            }
        };
    }

    /// Calls a tool in `python/tools.py` and gives its result as plain values.
    @Nullable Object call(String tool, Object... namesAndValues) {
        return Json.parse(raw(context(), tool, namesAndValues).json().toByteArray());
    }

    PythonResult raw(CallContext context, String tool, Object... namesAndValues) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        var target = new PythonTarget.ToolFunction(root.resolve("python/tools.py"), tool);
        return running().call(context, target, arguments);
    }

    CallContext context() {
        return context(Caller.ANONYMOUS, null, ClientMessages.NONE, new Cancellation());
    }

    CallContext context(
            Caller caller,
            @Nullable Map<String, String> headers,
            ClientMessages client,
            Cancellation cancellation) {
        String id = "call-" + lastCall.incrementAndGet();
        return new CallContext(id, caller, "cli", headers, cancellation, client);
    }

    /// Waits until the condition holds.
    static void eventually(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come true within 20 s");
            }
            Thread.sleep(10);
        }
    }

    void stop() {
        if (workers != null) {
            workers.close();
            workers = null;
        }
    }

    @Override
    public void close() throws SQLException {
        stop();
        database.close();
    }
}
