package dev.mxcp.server;

import dev.mxcp.engine.RenderedMessage;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Result;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.SiteConfig;
import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.types.Arguments;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Stands where an engine should be (R4.5.1): lists still work, calls say why they do not.
record OutageRunner(Catalog catalog, SiteConfig.Limits limits, String why)
        implements EndpointRunner {

    @Override
    public Result run(
            Endpoint endpoint,
            Map<String, @Nullable Object> raw,
            Arguments.Source source,
            CallContext call) {
        throw new EndpointFailed(why, null);
    }

    @Override
    public List<RenderedMessage> render(
            Endpoint.Prompt prompt, Map<String, @Nullable Object> raw, CallContext call) {
        throw new EndpointFailed(why, null);
    }
}
