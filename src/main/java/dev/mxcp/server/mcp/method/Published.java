package dev.mxcp.server.mcp.method;

import dev.mxcp.project.Endpoint;
import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.types.json.JsonBuffer;

/// An endpoint as clients of the newest revisions see it in a list: the very entry that a server
/// sends, for those who only look.
public final class Published {
    private Published() {}

    /// The entry of `tools/list`, `resources/list`, `resources/templates/list` or `prompts/list`.
    public static JsonBuffer entry(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Tool tool -> ListEntries.tool(tool, Era.ListShape.ILLUSTRATED);
            case Endpoint.Resource resource ->
                    ListEntries.resource(resource, Era.ListShape.ILLUSTRATED);
            case Endpoint.Prompt prompt -> ListEntries.prompt(prompt, Era.ListShape.ILLUSTRATED);
        };
    }
}
