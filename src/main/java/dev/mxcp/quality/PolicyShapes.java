package dev.mxcp.quality;

import dev.mxcp.project.Endpoint;
import dev.mxcp.project.EndpointFile.Rule;
import dev.mxcp.project.yaml.Suggestions;
import dev.mxcp.types.TypeDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks what can be seen of policies without evaluating a condition (PL1, PL3, PL8): rules that
/// can never do anything.
final class PolicyShapes {
    private PolicyShapes() {}

    static void check(Endpoint endpoint, Findings findings) {
        List<Rule> input = endpoint.file().policies().input();
        for (int index = 0; index < input.size(); index++) {
            String key = "policies.input." + index;
            Rule rule = input.get(index);
            if (!rule.action().equals("deny")) {
                findings.warning(
                        key + ".action",
                        "'%s' has no effect before a call".formatted(rule.action()),
                        "use deny, or move the rule to policies.output");
            }
            shadowed(endpoint, key, findings);
        }
        List<Rule> output = endpoint.file().policies().output();
        for (int index = 0; index < output.size(); index++) {
            output(endpoint, output.get(index), "policies.output." + index, findings);
        }
    }

    private static void shadowed(Endpoint endpoint, String key, Findings findings) {
        boolean user =
                endpoint.parameters().stream()
                        .anyMatch(parameter -> parameter.name().equals("user"));
        if (user && key.endsWith(".0")) {
            findings.warning(
                    key + ".condition",
                    "conditions cannot see the parameter 'user': there it is the caller",
                    "rename the parameter");
        }
    }

    private static void output(Endpoint endpoint, Rule rule, String key, Findings findings) {
        switch (rule.action()) {
            case "filter_fields", "mask_fields" -> {
                if (rule.fields().isEmpty()) {
                    findings.warning(
                            key,
                            "'%s' without fields does nothing".formatted(rule.action()),
                            "list fields");
                }
                unknown(endpoint, rule, key, findings);
            }
            case "filter_sensitive_fields" -> {
                if (endpoint.returns() == null || !anySensitive(endpoint.returns())) {
                    findings.warning(
                            key + ".action",
                            "'filter_sensitive_fields' does nothing: no part of 'return' is sensitive",
                            "write `sensitive: true` at a part of 'return'");
                }
            }
            default -> {}
        }
    }

    private static void unknown(Endpoint endpoint, Rule rule, String key, Findings findings) {
        TypeDef row = row(endpoint.returns());
        if (row == null
                || !(row.shape() instanceof TypeDef.ObjectOf(var properties, _, _))
                || properties == null) {
            return;
        }
        Set<String> known = properties.keySet();
        for (int index = 0; index < rule.fields().size(); index++) {
            String field = rule.fields().get(index);
            if (!known.contains(field)) {
                findings.warning(
                        key + ".fields." + index,
                        "'return' has no property '%s'".formatted(field),
                        Suggestions.fix(field, new ArrayList<>(known)));
            }
        }
    }

    private static @Nullable TypeDef row(@Nullable TypeDef returns) {
        return returns != null && returns.shape() instanceof TypeDef.ListOf list
                ? list.items()
                : returns;
    }

    private static boolean anySensitive(TypeDef type) {
        return type.sensitive()
                || switch (type.shape()) {
                    case TypeDef.ListOf(TypeDef items, _, _, _) ->
                            items != null && anySensitive(items);
                    case TypeDef.ObjectOf(var properties, _, _) ->
                            properties != null
                                    && properties.values().stream()
                                            .anyMatch(PolicyShapes::anySensitive);
                    case TypeDef.Text _, TypeDef.Int _, TypeDef.Num _, TypeDef.Bool _ -> false;
                };
    }
}
