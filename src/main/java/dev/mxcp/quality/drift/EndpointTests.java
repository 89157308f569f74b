package dev.mxcp.quality.drift;

import dev.mxcp.project.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs the tests of one endpoint as `mxcp test` does.
@FunctionalInterface
public interface EndpointTests {

    /// What `mxcp test` prints under `test_results` (cli Q3.6): `status`, `tests_run`, `tests`,
    /// `no_tests`, `message`.
    Map<String, @Nullable Object> results(Endpoint endpoint);
}
