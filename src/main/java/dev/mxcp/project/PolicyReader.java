package dev.mxcp.project;

import dev.mxcp.project.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the `policies` of an endpoint (D9).
final class PolicyReader {
    private static final List<String> ACTIONS =
            List.of("deny", "filter_fields", "mask_fields", "filter_sensitive_fields");

    private PolicyReader() {}

    static EndpointFile.Policies read(ConfigNode endpoint) {
        ConfigNode node = endpoint.optionalObject("policies").orElse(null);
        if (node == null) {
            return EndpointFile.Policies.NONE;
        }
        var policies = new EndpointFile.Policies(rules(node, "input"), rules(node, "output"));
        node.rejectUnknownKeys(Map.of());
        return policies;
    }

    private static List<EndpointFile.Rule> rules(ConfigNode policies, String side) {
        var rules = new ArrayList<EndpointFile.Rule>();
        for (ConfigNode node : policies.objects(side)) {
            rules.add(
                    new EndpointFile.Rule(
                            node.string("condition"),
                            node.choice("action", ACTIONS, "deny"),
                            node.optionalString("reason"),
                            node.strings("fields"),
                            node.place()));
            node.rejectUnknownKeys(Map.of());
        }
        return List.copyOf(rules);
    }
}
