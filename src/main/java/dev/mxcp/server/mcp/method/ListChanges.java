package dev.mxcp.server.mcp.method;

import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.server.mcp.era.Era;
import java.util.ArrayList;
import java.util.List;

/// Which lists differ between two runners, as clients see them (M21.1, M21.10).
public final class ListChanges {
    private ListChanges() {}

    /// The notifications that are due, one a kind.
    ///
    /// @return their methods
    public static List<String> between(EndpointRunner before, EndpointRunner after) {
        var old = new Surface(before);
        var now = new Surface(after);
        var shape = Era.ListShape.OPEN; // shows most
        var methods = new ArrayList<String>();
        if (!old.tools(shape).sameAs(now.tools(shape))) {
            methods.add("notifications/tools/list_changed");
        }
        if (!old.resources(shape).sameAs(now.resources(shape))
                || !old.resourceTemplates(shape).sameAs(now.resourceTemplates(shape))) {
            methods.add("notifications/resources/list_changed");
        }
        if (!old.prompts(shape).sameAs(now.prompts(shape))) {
            methods.add("notifications/prompts/list_changed");
        }
        return methods;
    }
}
