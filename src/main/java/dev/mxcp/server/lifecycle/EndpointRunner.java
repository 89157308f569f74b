package dev.mxcp.server.lifecycle;

import dev.mxcp.engine.RenderedMessage;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Result;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Presentation;
import dev.mxcp.project.SiteConfig;
import dev.mxcp.types.Arguments;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What serving needs of an engine. Thread-safe; owned by whoever opened the engine, never by the
/// server. A reload puts a new one behind the [Gate].
public interface EndpointRunner {

    /// The endpoints, in the order in which they are listed.
    Catalog catalog();

    /// What one call may take.
    SiteConfig.Limits limits();

    /// Runs a tool or resource.
    ///
    /// @param raw arguments as they came
    /// @param source how `raw` is to be read
    /// @throws dev.mxcp.problem.MxcpException in all expected cases of failure
    Result run(
            Endpoint endpoint,
            Map<String, @Nullable Object> raw,
            Arguments.Source source,
            CallContext call);

    /// Runs the code that suggests values of a parameter (M17).
    ///
    /// @param value what was typed so far
    /// @param known other arguments, as texts
    /// @throws dev.mxcp.problem.MxcpException in all expected cases of failure
    default List<String> suggestions(
            Endpoint endpoint,
            Presentation.Completion completion,
            String value,
            Map<String, String> known,
            CallContext call) {
        return List.of();
    }

    /// Renders the messages of a prompt.
    ///
    /// @param raw arguments as texts
    /// @throws dev.mxcp.problem.MxcpException in all expected cases of failure
    List<RenderedMessage> render(
            Endpoint.Prompt prompt, Map<String, @Nullable Object> raw, CallContext call);
}
