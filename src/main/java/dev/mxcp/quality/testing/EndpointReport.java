package dev.mxcp.quality.testing;

import dev.mxcp.project.Endpoint;
import java.util.List;

/// How the tests of one endpoint ended. Immutable.
///
/// @param tests in file order; empty when there are none
public record EndpointReport(Endpoint endpoint, List<TestOutcome> tests) {
    public EndpointReport {
        tests = List.copyOf(tests);
    }

    /// `tool/stock`, `resource/depot://parcels/{number}`.
    public String label() {
        return label(endpoint);
    }

    /// The same for an endpoint.
    public static String label(Endpoint endpoint) {
        return endpoint.kind().yamlName() + "/" + endpoint.id();
    }

    public Status status() {
        return Status.worst(tests.stream().map(TestOutcome::status).toList());
    }
}
