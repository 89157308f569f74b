package dev.mxcp.server.mcp.method;

import dev.mxcp.project.Endpoint;
import dev.mxcp.project.Presentation.Completion;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.json.JsonBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `completion/complete`: suggests values for arguments of prompts and resource templates (M17),
/// from the parameter's `completion`, its `enum` or its `examples`.
public final class Complete implements Method {
    private static final int MOST = 100;

    private final Calls calls;

    public Complete(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "completion/complete";
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        Request request = exchange.request();
        Endpoint endpoint = endpoint(calls.surface(), object(request.params(), "ref"));
        Map<?, ?> argument = object(request.params(), "argument");
        if (!(argument.get("name") instanceof String name)
                || !(argument.get("value") instanceof String value)) {
            throw Refusal.malformedParams("\"argument\" needs a name and a value, both strings");
        }
        Parameter parameter =
                endpoint.parameters().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Refusal.invalidParams("Unknown argument: " + name));
        Completion completion = endpoint.file().presentation().parameter(name).completion();
        List<String> found =
                completion == null
                        ? beginning(value, declared(parameter.type()))
                        : calls.run(
                                exchange,
                                endpoint,
                                (surface, context) ->
                                        surface.runner()
                                                .suggestions(
                                                        endpoint,
                                                        completion,
                                                        value,
                                                        known(request),
                                                        context));
        write(found, out);
    }

    private static Endpoint endpoint(Surface surface, Map<?, ?> ref) {
        if ("ref/prompt".equals(ref.get("type")) && ref.get("name") instanceof String prompt) {
            return surface.prompt(prompt)
                    .orElseThrow(() -> Refusal.invalidParams("Unknown prompt: " + prompt));
        }
        if ("ref/resource".equals(ref.get("type")) && ref.get("uri") instanceof String uri) {
            return surface.template(uri)
                    .orElseThrow(() -> Refusal.invalidParams("Unknown resource template: " + uri));
        }
        throw Refusal.malformedParams(
                "\"ref\" needs the type ref/prompt and a name, or ref/resource and a uri");
    }

    /// What the type itself says about its values.
    private static List<@Nullable Object> declared(TypeDef type) {
        if (type.enumeration() != null) {
            return type.enumeration();
        }
        return type.shape() instanceof TypeDef.Bool ? List.of(true, false) : type.examples();
    }

    private static List<String> beginning(String typed, List<@Nullable Object> values) {
        String begin = typed.toLowerCase(Locale.ROOT);
        var found = new LinkedHashSet<String>();
        for (Object value : values) {
            if (value != null && value.toString().toLowerCase(Locale.ROOT).startsWith(begin)) {
                found.add(value.toString());
            }
        }
        return new ArrayList<>(found);
    }

    private static Map<String, String> known(Request request) {
        var known = new LinkedHashMap<String, String>();
        if (request.params().get("context") instanceof Map<?, ?> context
                && context.get("arguments") instanceof Map<?, ?> arguments) {
            arguments.forEach((name, value) -> known.put(String.valueOf(name), "" + value));
        }
        return known;
    }

    private static Map<?, ?> object(Map<String, @Nullable Object> params, String name) {
        if (params.get(name) instanceof Map<?, ?> object) {
            return object;
        }
        throw Refusal.malformedParams("\"" + name + "\" has to be an object");
    }

    private static void write(List<String> found, JsonBuffer out) {
        List<String> shown = found.subList(0, Math.min(MOST, found.size()));
        out.raw("{\"completion\":{\"values\":").any(shown);
        out.raw(",\"total\":").value(found.size());
        out.raw(",\"hasMore\":").value(found.size() > MOST).raw("}}");
    }
}
