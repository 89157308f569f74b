package dev.mxcp.server;

import dev.mxcp.engine.RenderedMessage;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Result;
import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Catalog;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Endpoint.ToolAnnotations;
import dev.mxcp.project.EndpointFile;
import dev.mxcp.project.EndpointFile.Policies;
import dev.mxcp.project.SiteConfig;
import dev.mxcp.project.UriTemplate;
import dev.mxcp.server.lifecycle.EndpointRunner;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.json.JsonBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// An engine of lambdas.
final class FakeRunner implements EndpointRunner {
    private static final SourcePlace PLACE = SourcePlace.of("x.yml");
    private static final Code CODE = new Code.Sql("SELECT 1", null, PLACE);

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Map<String, Behaviour> behaviours = new HashMap<>();
    private final Map<String, List<RenderedMessage>> prompts = new HashMap<>();
    private @Nullable Duration callTimeout = Duration.ofSeconds(30);
    private long requestBytes = 4 * 1024 * 1024;

    interface Behaviour {
        Result run(Map<String, @Nullable Object> arguments, CallContext call);
    }

    FakeRunner callTimeout(@Nullable Duration limit) {
        callTimeout = limit;
        return this;
    }

    FakeRunner requestBytes(long limit) {
        requestBytes = limit;
        return this;
    }

    FakeRunner tool(String name, @Nullable TypeDef returns, Behaviour behaviour) {
        return tool(name, returns, ToolAnnotations.NONE, behaviour);
    }

    FakeRunner tool(
            String name,
            @Nullable TypeDef returns,
            ToolAnnotations annotations,
            Behaviour behaviour) {
        endpoints.add(
                new Endpoint.Tool(
                        file(name), name, "does " + name, List.of(), returns, CODE, annotations));
        behaviours.put(name, behaviour);
        return this;
    }

    FakeRunner resource(
            String uri,
            @Nullable String name,
            @Nullable TypeDef returns,
            @Nullable String mimeType,
            Behaviour behaviour) {
        endpoints.add(
                new Endpoint.Resource(
                        file("r" + endpoints.size()),
                        UriTemplate.of(uri),
                        name,
                        null,
                        List.of(),
                        returns,
                        CODE,
                        mimeType));
        behaviours.put(uri, behaviour);
        return this;
    }

    FakeRunner prompt(String name, List<Parameter> parameters, RenderedMessage... messages) {
        endpoints.add(new Endpoint.Prompt(file(name), name, "asks " + name, parameters, List.of()));
        prompts.put(name, List.of(messages));
        return this;
    }

    static TypeDef object() {
        return TypeDef.of(new TypeDef.ObjectOf(null, List.of(), null));
    }

    static TypeDef list() {
        return TypeDef.of(new TypeDef.ListOf(null, null, null, false));
    }

    static TypeDef text() {
        return TypeDef.of(TypeDef.Text.PLAIN);
    }

    /// A result as the engine would make it of this plain value.
    static Result result(@Nullable Object value) {
        var kind =
                switch (value) {
                    case null -> Result.Kind.NULL;
                    case String _ -> Result.Kind.TEXT;
                    case SequencedMap<?, ?> _ -> Result.Kind.OBJECT;
                    case Map<?, ?> _ -> Result.Kind.OBJECT;
                    case List<?> _ -> Result.Kind.LIST;
                    default -> Result.Kind.SCALAR;
                };
        return new Result(kind, new JsonBuffer().any(value), null);
    }

    @Override
    public Catalog catalog() {
        return new Catalog(endpoints, List.of());
    }

    @Override
    public SiteConfig.Limits limits() {
        return new SiteConfig.Limits(
                callTimeout, null, 4, 4, Duration.ofSeconds(1), Long.MAX_VALUE, requestBytes);
    }

    @Override
    public Result run(
            Endpoint endpoint,
            Map<String, @Nullable Object> raw,
            Arguments.Source source,
            CallContext call) {
        return Objects.requireNonNull(behaviours.get(endpoint.id())).run(raw, call);
    }

    @Override
    public List<RenderedMessage> render(
            Endpoint.Prompt prompt, Map<String, @Nullable Object> raw, CallContext call) {
        return Objects.requireNonNull(prompts.get(prompt.name())).stream()
                .map(one ->
                        new RenderedMessage(
                                one.prompt().replace("$args", String.valueOf(raw)),
                                one.role(),
                                one.type()))
                .toList();
    }

    private static EndpointFile file(String name) {
        return new EndpointFile(
                Path.of("/p/" + name + ".yml"),
                name + ".yml",
                PLACE,
                List.of(),
                List.of(),
                Policies.NONE,
                null,
                Map.of());
    }
}
