package dev.mxcp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Processes end when they should, however the server ends (issue 3, item 5).
@Timeout(120)
final class LifetimesTest {
    private static final int SECONDS = 10;

    @Test
    void workers_end_with_a_server_that_is_stopped(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        HttpServer server = serve(folder);
        List<ProcessHandle> workers = server.process().descendants().toList();

        assertThat(workers).isNotEmpty();
        assertThat(server.stop()).as(server.log()).isZero();
        assertThatAllEnd(workers);
    }

    @Test
    void workers_end_with_a_server_that_is_killed(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        HttpServer server = serve(folder);
        List<ProcessHandle> workers = server.process().descendants().toList();

        assertThat(workers).isNotEmpty();
        server.process().destroyForcibly();
        assertThatAllEnd(workers);
    }

    /// Whatever the workers were doing.
    @Test
    void busy_workers_end_with_a_server_that_is_killed(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        HttpServer server = serve(folder);
        List<ProcessHandle> workers = server.process().descendants().toList();
        McpClient client = server.client();
        var _ = client.start(9_001, "spin", Map.of());
        client.call("echo", Map.of("word", "beside")).value();

        server.process().destroyForcibly();

        assertThatAllEnd(workers);
    }

    private static HttpServer serve(Path folder) {
        HttpServer server =
                HttpServer.start(Product.copy(Path.of("src/test/projects/faults"), folder));
        server.client().call("echo", Map.of("word", "first")).value();
        return server;
    }

    private static void assertThatAllEnd(List<ProcessHandle> processes)
            throws InterruptedException, ExecutionException {
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException late) {
                process.destroyForcibly();
                throw new AssertionError("still runs: " + process.info(), late);
            }
        }
    }
}
