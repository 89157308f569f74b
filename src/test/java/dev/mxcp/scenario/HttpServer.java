package dev.mxcp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// `mxcp serve` over HTTP in a process of its own, on a free port. Ready when constructed; `close`
/// ends it as an operator would, by SIGTERM. One owner.
final class HttpServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration LOG = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Process process;
    private final Path log;
    private final URI endpoint;

    private HttpServer(Process process, Path log, URI endpoint) {
        this.process = process;
        this.log = log;
        this.endpoint = endpoint;
    }

    /// Serves the project and waits until it answers.
    static HttpServer start(Path project) {
        return start(project, Map.of());
    }

    /// Serves the project with variables and options, and waits until it answers.
    static HttpServer start(Path project, Map<String, String> environment, String... options) {
        int port = Product.freePort();
        Path log = project.resolveSibling(project.getFileName() + ".log");
        var command =
                Product.command(
                        "-C", project.toString(), "serve", "--port", Integer.toString(port));
        command.addAll(List.of("--transport", "streamable-http"));
        command.addAll(List.of(options));
        ProcessBuilder builder = Product.process(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            var server =
                    new HttpServer(
                            builder.start(), log, URI.create("http://127.0.0.1:" + port + "/mcp"));
            server.awaitReady();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /// A client that has shaken hands.
    McpClient client() {
        return McpClient.connect(endpoint);
    }

    /// The server's own process; its children are the workers.
    Process process() {
        return process;
    }

    boolean alive() {
        return process.isAlive();
    }

    /// All that the server has printed and logged.
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Waits until the log holds all of these: what user code logs arrives on a way of its own.
    void awaitLogged(String... texts) {
        long end = System.nanoTime() + LOG.toNanos();
        while (System.nanoTime() < end && !List.of(texts).stream().allMatch(log()::contains)) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        assertThat(log()).contains(texts);
    }

    /// Ends the server by SIGTERM and gives its exit status; -1 if it had to be killed.
    int stop() {
        process.destroy();
        try {
            if (process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return -1;
    }

    @Override
    public void close() {
        stop();
    }

    private void awaitReady() {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                McpClient.connect(endpoint);
                return;
            } catch (UncheckedIOException notYet) {
                if (System.nanoTime() > end || ended()) {
                    stop();
                    throw new AssertionError(
                            "the server did not start; it said:\n" + log(), notYet);
                }
            }
        }
    }

    /// Gives the process a moment, and says whether it used it to end.
    private boolean ended() {
        try {
            return process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
