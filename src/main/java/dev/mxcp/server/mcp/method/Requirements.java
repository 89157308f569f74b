package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.ClientLacks;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Presentation;
import dev.mxcp.types.Parameter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an endpoint demands of a request before anything runs: headers that repeat arguments, and
/// abilities of the client (M3.10, steps 8 and 9).
final class Requirements {
    private Requirements() {}

    /// @throws dev.mxcp.server.mcp.message.Refusal when a header and its argument differ
    static void checkHeaders(
            Endpoint.Tool tool, Map<String, @Nullable Object> arguments, Exchange exchange) {
        Presentation presentation = tool.file().presentation();
        if (presentation.parameters().isEmpty()) {
            return;
        }
        for (Parameter parameter : tool.parameters()) {
            String header = presentation.parameter(parameter.name()).header();
            if (header != null) {
                exchange.peer().mirror().checkArgument(header, arguments.get(parameter.name()));
            }
        }
    }

    /// @throws ClientLacks with the first ability that the client did not declare
    static void checkClient(Endpoint endpoint, Exchange exchange) {
        for (String capability : endpoint.file().presentation().requiresClient()) {
            if (!exchange.capabilities().has(capability)) {
                throw new ClientLacks(capability);
            }
        }
    }
}
