package dev.mxcp.quality;

import dev.mxcp.project.Endpoint;
import java.util.List;

/// Looks at one part of an endpoint, such as its policies. What validation cannot judge itself is
/// handed to it as such a check.
@FunctionalInterface
public interface EndpointCheck {
    /// Finds nothing.
    EndpointCheck NONE = _ -> List.of();

    /// What is wrong with that part.
    List<Finding> findings(Endpoint endpoint);
}
