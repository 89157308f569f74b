package dev.mxcp.server.lifecycle;

import dev.mxcp.project.SiteConfig;
import java.nio.file.Path;

/// What is served, as a reload sees it: something that stops, starts again, and tells what it would
/// start with. Used by one thread at a time.
public interface Served {

    /// The limits of reloads as configured now.
    SiteConfig.Reload limits();

    /// The database file of what serves, or served last.
    Path database();

    /// Reads configuration and definitions anew (R4.2).
    ///
    /// @throws dev.mxcp.problem.MxcpException with all problems
    Renewal read();

    /// Runs shutdown hooks and releases the database (phase 2). Does nothing if it has stopped.
    void stop();

    /// Whether the database file is free indeed after [#stop].
    boolean released();

    /// Starts with what there was before, without plugins and hooks that fail now.
    ///
    /// @throws dev.mxcp.problem.MxcpException when the database cannot be opened
    EndpointRunner startAsBefore();

    /// Stands in while nothing can be started: every call fails with the reason.
    EndpointRunner outage(String why);

    /// What was read. Closing gives up what was prepared with it; not needed once it has started.
    interface Renewal extends AutoCloseable {

        /// Does ahead what takes long, while calls still run.
        ///
        /// @throws dev.mxcp.problem.MxcpException with what is wrong
        void warm();

        /// Starts with it (phase 5). When that fails, everything is stopped as before.
        ///
        /// @throws dev.mxcp.problem.MxcpException with what is wrong
        EndpointRunner start();

        @Override
        void close();
    }
}
