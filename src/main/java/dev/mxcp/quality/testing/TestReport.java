package dev.mxcp.quality.testing;

import dev.mxcp.project.Catalog.BrokenFile;
import dev.mxcp.project.Endpoint;
import java.util.List;
import java.util.stream.Stream;

/// How a whole run ended. Immutable.
///
/// @param endpoints in the order of the catalog
/// @param broken files that could not be loaded, each of which is an error (cli Q3.6)
public record TestReport(List<EndpointReport> endpoints, List<BrokenFile> broken) {
    public TestReport {
        endpoints = List.copyOf(endpoints);
        broken = List.copyOf(broken);
    }

    /// The reports of endpoints of which no test runs.
    public static List<EndpointReport> untested(List<Endpoint> endpoints) {
        return endpoints.stream().map(one -> new EndpointReport(one, List.of())).toList();
    }

    public Status status() {
        return broken.isEmpty()
                ? Status.worst(endpoints.stream().map(EndpointReport::status).toList())
                : Status.ERROR;
    }

    public int testsRun() {
        return (int) tests().count();
    }

    /// How many tests ended so.
    public int count(Status status) {
        return (int) tests().filter(test -> test.status() == status).count();
    }

    private Stream<TestOutcome> tests() {
        return endpoints.stream().flatMap(endpoint -> endpoint.tests().stream());
    }
}
