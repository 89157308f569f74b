package dev.mxcp.cli;

import dev.mxcp.server.Server;
import org.jspecify.annotations.Nullable;

/// Keeps a server up until it ends by itself or is asked to stop, which may happen before it is up.
/// [#stop()] comes from the thread of a signal.
final class RunningServer {
    private @Nullable Server server;
    private boolean stopped;

    /// Returns when the server is closed: it takes no more requests, and those it had have ended.
    void serve(Server started) {
        synchronized (this) {
            server = started;
        }
        try (started) {
            if (!stopped()) {
                started.await();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks the server to drain and end.
    void stop() {
        @Nullable Server toClose;
        synchronized (this) {
            stopped = true;
            toClose = server;
        }
        if (toClose != null) {
            toClose.close();
        }
    }

    private synchronized boolean stopped() {
        return stopped;
    }
}
