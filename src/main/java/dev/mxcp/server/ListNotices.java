package dev.mxcp.server;

import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.server.mcp.method.ListChanges;
import dev.mxcp.server.mcp.session.Changes;
import java.util.function.BiConsumer;

/// Publishes after a reload which lists are others now (M21.1).
///
/// @param changes where clients listen
record ListNotices(Changes changes) implements BiConsumer<EndpointRunner, EndpointRunner> {
    @Override
    public void accept(EndpointRunner before, EndpointRunner after) {
        for (String method : ListChanges.between(before, after)) {
            changes.publish(new Changes.ListChanged(method));
        }
    }
}
