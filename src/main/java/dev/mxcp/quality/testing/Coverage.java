package dev.mxcp.quality.testing;

import dev.mxcp.project.Catalog;
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
        Set<String> tested =
                report.endpoints().stream()
                        .filter(one -> !one.tests().isEmpty())
                        .map(EndpointReport::label)
                        .collect(Collectors.toSet());
        List<String> untested =
                catalog.endpoints().stream()
                        .map(EndpointReport::label)
                        .filter(label -> !tested.contains(label))
                        .toList();
        return new Coverage(catalog.endpoints().size(), untested);
    }
}
