package dev.mxcp.server;

import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.server.mcp.method.ListChanges;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Tells clients after a reload which of their lists are others now (M21.1). Thread-safe.
final class ListNotices implements BiConsumer<EndpointRunner, EndpointRunner> {
    private final List<Consumer<String>> transports = new CopyOnWriteArrayList<>();

    /// @param transport sends a notification, given its method
    void reach(Consumer<String> transport) {
        transports.add(transport);
    }

    @Override
    public void accept(EndpointRunner before, EndpointRunner after) {
        for (String method : ListChanges.between(before, after)) {
            transports.forEach(transport -> transport.accept(method));
        }
    }
}
