package dev.mxcp.quality.evals;

import dev.mxcp.engine.Engine;
import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Result;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.project.Endpoint;
import dev.mxcp.types.Arguments;
import dev.mxcp.types.JsonSchema;
import dev.mxcp.types.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a model may call: every tool and resource of the project, with the schemas that a server
/// publishes. Calls go through the engine as a client's do: conversion, policies, checks.
final class ToolBox {
    private static final Logger LOG = LoggerFactory.getLogger(ToolBox.class);
    private static final int LONGEST_NAME = 64;

    private final Engine engine;
    private final Map<String, Endpoint> byFunction = new LinkedHashMap<>();
    private final List<Function> functions = new ArrayList<>();

    ToolBox(Engine engine) {
        this.engine = engine;
        for (Endpoint endpoint : engine.catalog().endpoints()) {
            if (!(endpoint instanceof Endpoint.Prompt)) {
                String name = free(endpoint.id());
                byFunction.put(name, endpoint);
                functions.add(
                        new Function(
                                name,
                                Objects.requireNonNullElse(endpoint.description(), ""),
                                JsonSchema.input(endpoint.parameters())));
            }
        }
    }

    List<Function> functions() {
        return functions;
    }

    /// The outcome of a call, and how it is recorded.
    record Outcome(Turn.Result result, MadeCall made) {}

    /// Makes a call. Whatever goes wrong with it is its result.
    ///
    /// @throws CallCancelled when the whole run is cancelled
    Outcome call(Turn.Request request, CallContext call) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        if (request.arguments() != null) {
            arguments.putAll(request.arguments());
        }
        Found found = find(request.tool());
        if (found == null) {
            return failed(
                    request,
                    new MadeCall(request.tool(), arguments),
                    "Unknown tool: " + request.tool());
        }
        var all = new LinkedHashMap<String, @Nullable Object>(found.fromUri());
        all.putAll(arguments);
        var made = new MadeCall(found.endpoint().id(), all);
        if (request.arguments() == null) {
            return failed(request, made, "the arguments are no JSON object");
        }
        try {
            Arguments.Source source =
                    found.endpoint() instanceof Endpoint.Resource
                            ? Arguments.Source.TEXT
                            : Arguments.Source.MCP;
            Result result = engine.run(found.endpoint(), all, source, call, true);
            return new Outcome(new Turn.Result(request, text(result), false), made);
        } catch (CallCancelled cancelled) {
            throw cancelled;
        } catch (MxcpException refused) {
            return failed(request, made, String.valueOf(refused.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("internal error in a call of {}", found.endpoint().id(), bug);
            return failed(request, made, "internal error");
        }
    }

    private static Outcome failed(Turn.Request request, MadeCall made, String message) {
        return new Outcome(new Turn.Result(request, message, true), made);
    }

    /// As the text block of `tools/call` has it.
    private static String text(Result result) {
        String json = result.json().text();
        return result.kind() == Result.Kind.TEXT ? String.valueOf(Json.parse(json)) : json;
    }

    private record Found(Endpoint endpoint, Map<String, String> fromUri) {}

    /// By the function's name, by the tool's name or URI template, or by a concrete URI.
    private @Nullable Found find(String name) {
        Endpoint function = byFunction.get(name);
        if (function != null) {
            return new Found(function, Map.of());
        }
        for (Endpoint endpoint : byFunction.values()) {
            if (endpoint.id().equals(name)) {
                return new Found(endpoint, Map.of());
            }
        }
        for (Endpoint endpoint : byFunction.values()) {
            if (endpoint instanceof Endpoint.Resource resource) {
                var values = resource.uri().match(name);
                if (values.isPresent()) {
                    return new Found(resource, values.get());
                }
            }
        }
        return null;
    }

    /// A name that APIs admit and nothing else has.
    private String free(String id) {
        String plain = id.replaceAll("[^A-Za-z0-9_-]+", "_").replaceAll("^_+|_+$", "");
        String name = plain.isEmpty() ? "tool" : cut(plain, LONGEST_NAME);
        for (int n = 2; byFunction.containsKey(name); n++) {
            String number = "_" + n;
            name = cut(plain, LONGEST_NAME - number.length()) + number;
        }
        return name;
    }

    private static String cut(String name, int length) {
        return name.length() > length ? name.substring(0, length) : name;
    }
}
