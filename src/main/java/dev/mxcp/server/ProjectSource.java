package dev.mxcp.server;

import dev.mxcp.engine.Engine;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Project;
import java.util.List;
import java.util.Map;

/// Where a server that reloads gets the project from, read and judged as at its start.
public interface ProjectSource {

    /// A project with its endpoints.
    record Reading(Project project, Catalog catalog) {}

    /// Reads both configuration files and all definitions anew, for the profile and with the
    /// options of the start.
    ///
    /// @throws dev.mxcp.problem.MxcpException.InvalidProject with every problem of the two files
    Reading read();

    /// Judges endpoints by an engine that runs.
    ///
    /// @return what is wrong, by endpoint; sound ones are absent
    Map<Endpoint, String> problems(Engine engine, List<Endpoint> endpoints);
}
