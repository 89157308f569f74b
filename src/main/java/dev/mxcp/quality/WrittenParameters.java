package dev.mxcp.quality;

import dev.mxcp.project.Endpoint;
import java.util.List;
import java.util.Map;

/// The parameters that stand in an endpoint's file: those of a resource also come from its URI.
final class WrittenParameters {
    private WrittenParameters() {}

    /// Their names in file order.
    static List<String> of(Endpoint endpoint) {
        return endpoint.file().document().get(endpoint.kind().yamlName())
                                instanceof Map<?, ?> definition
                        && definition.get("parameters") instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(item -> String.valueOf(((Map<?, ?>) item).get("name")))
                        .toList()
                : List.of();
    }
}
