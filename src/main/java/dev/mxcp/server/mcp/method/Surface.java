package dev.mxcp.server.mcp.method;

import dev.mxcp.project.Endpoint;
import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.server.mcp.era.Era;
import dev.mxcp.types.json.JsonBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What clients see of a catalog: endpoints by name, and the lists, encoded when first asked for.
/// Thread-safe.
final class Surface {
    private static final int PAGE_SIZE = 1000; // M13.5

    private final EndpointRunner runner;
    private final Map<String, Endpoint.Tool> tools = new HashMap<>();
    private final Map<String, Endpoint.Prompt> prompts = new HashMap<>();
    private final Map<String, Endpoint.Resource> staticResources = new HashMap<>();
    private final List<Endpoint.Resource> resources = new ArrayList<>();
    private final ConcurrentMap<ListKey, Listing> listings = new ConcurrentHashMap<>();

    Surface(EndpointRunner runner) {
        this.runner = runner;
        for (Endpoint endpoint : runner.catalog().endpoints()) {
            switch (endpoint) {
                case Endpoint.Tool tool -> tools.put(tool.name(), tool);
                case Endpoint.Prompt prompt -> prompts.put(prompt.name(), prompt);
                case Endpoint.Resource resource -> {
                    resources.add(resource);
                    if (!resource.uri().isTemplate()) {
                        staticResources.put(resource.uri().text(), resource);
                    }
                }
            }
        }
        // M15.5: static ones first, then the most specific template
        resources.sort(
                Comparator.comparing((Endpoint.Resource one) -> one.uri().isTemplate())
                        .thenComparingInt(one -> -one.uri().literalLength())
                        .thenComparing(one -> one.uri().text()));
    }

    /// A list as some revisions show it.
    private record ListKey(String member, Era.ListShape shape) {}

    /// A resource and the values of its placeholders.
    record Found(Endpoint.Resource resource, SequencedMap<String, String> values) {}

    EndpointRunner runner() {
        return runner;
    }

    Optional<Endpoint.Tool> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    Optional<Endpoint.Prompt> prompt(String name) {
        return Optional.ofNullable(prompts.get(name));
    }

    /// The resource that a URI names.
    Optional<Found> resource(String uri) {
        Endpoint.Resource exact = staticResources.get(uri);
        if (exact != null) {
            return exact.uri().match(uri).map(values -> new Found(exact, values));
        }
        for (Endpoint.Resource resource : resources) {
            Optional<SequencedMap<String, String>> values = resource.uri().match(uri);
            if (values.isPresent()) {
                return Optional.of(new Found(resource, values.get()));
            }
        }
        return Optional.empty();
    }

    /// The resource template that is written so.
    Optional<Endpoint.Resource> template(String uri) {
        return resources.stream().filter(one -> one.uri().text().equals(uri)).findFirst();
    }

    Listing tools(Era.ListShape shape) {
        return listings.computeIfAbsent(
                new ListKey("tools", shape),
                _ ->
                        listing(
                                "tools",
                                ofType(Endpoint.Tool.class).stream()
                                        .map(tool -> ListEntries.tool(tool, shape))
                                        .toList()));
    }

    Listing resources(Era.ListShape shape) {
        return resources("resources", false, shape);
    }

    Listing resourceTemplates(Era.ListShape shape) {
        return resources("resourceTemplates", true, shape);
    }

    Listing prompts(Era.ListShape shape) {
        return listings.computeIfAbsent(
                new ListKey("prompts", shape),
                key ->
                        listing(
                                key.member(),
                                ofType(Endpoint.Prompt.class).stream()
                                        .map(prompt -> ListEntries.prompt(prompt, shape))
                                        .toList()));
    }

    private Listing resources(String member, boolean templates, Era.ListShape shape) {
        return listings.computeIfAbsent(
                new ListKey(member, shape),
                _ ->
                        listing(
                                member,
                                ofType(Endpoint.Resource.class).stream()
                                        .filter(one -> one.uri().isTemplate() == templates)
                                        .map(one -> ListEntries.resource(one, shape))
                                        .toList()));
    }

    private <T extends Endpoint> List<T> ofType(Class<T> type) {
        return runner.catalog().endpoints().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Listing listing(String member, List<JsonBuffer> entries) {
        return new Listing(member, entries, PAGE_SIZE);
    }
}
