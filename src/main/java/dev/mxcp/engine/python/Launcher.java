package dev.mxcp.engine.python;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts processes on one platform thread that lives as long as they may: Linux ends a worker that
/// asked for it when the *thread* that started it ends, not the process.
final class Launcher implements AutoCloseable {
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("mxcp-worker-launcher").factory());

    Process start(ProcessBuilder builder) throws IOException, InterruptedException {
        try {
            return thread.submit(builder::start).get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(failure.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
