package dev.mxcp.quality.testing;

import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the tests of a run did not reach (`--coverage`).
///
/// @param endpoints how many there are in the project
/// @param untested labels of those of which no test ran
public record Coverage(int endpoints, List<String> untested) {

    /// Looks at a run.
    public static Coverage of(Catalog catalog, TestReport report) {
        Set<Endpoint> tested =
                report.endpoints().stream()
                        .filter(one -> !one.tests().isEmpty())
                        .map(EndpointReport::endpoint)
                        .collect(Collectors.toSet());
        List<String> untested =
                catalog.endpoints().stream()
                        .filter(one -> !tested.contains(one))
                        .map(EndpointReport::label)
                        .toList();
        return new Coverage(catalog.endpoints().size(), untested);
    }
}
