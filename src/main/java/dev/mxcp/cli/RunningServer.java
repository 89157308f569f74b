package dev.mxcp.cli;

import dev.mxcp.server.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a server up until it ends by itself or is asked to stop, which may happen before it is up.
/// [#stop()] comes from the thread of a signal.
final class RunningServer {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

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

    /// Asks the server to reload; ignored before it is up and when it ends.
    void reload() {
        @Nullable Server toReload;
        synchronized (this) {
            toReload = stopped ? null : server;
        }
        if (toReload == null) {
            LOG.info("SIGHUP is ignored: the server is not up");
        } else {
            toReload.reload("SIGHUP");
        }
    }

    private synchronized boolean stopped() {
        return stopped;
    }
}
