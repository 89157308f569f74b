package dev.mxcp.server;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.RenderedMessage;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Result;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Presentation;
import dev.mxcp.project.SiteConfig;
import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.types.Arguments;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The engine as serving sees it.
///
/// @param catalog what is served of it
record EngineRunner(Engine engine, Catalog catalog) implements EndpointRunner {

    @Override
    public SiteConfig.Limits limits() {
        return engine.project().site().limits();
    }

    @Override
    public Result run(
            Endpoint endpoint,
            Map<String, @Nullable Object> raw,
            Arguments.Source source,
            CallContext call) {
        return engine.run(endpoint, raw, source, call, true);
    }

    @Override
    public List<String> suggestions(
            Endpoint endpoint,
            Presentation.Completion completion,
            String value,
            Map<String, String> known,
            CallContext call) {
        return engine.suggestions(endpoint, completion, value, known, call);
    }

    @Override
    public List<RenderedMessage> render(
            Endpoint.Prompt prompt, Map<String, @Nullable Object> raw, CallContext call) {
        return engine.render(prompt, raw, Arguments.Source.TEXT, call);
    }
}
