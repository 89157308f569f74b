package dev.mxcp.project;

import dev.mxcp.project.yaml.ConfigNode;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Checks the `telemetry` block of a profile (U9) and gives it as plain values.
final class TelemetryReader {

    private TelemetryReader() {}

    /// The block; empty when it is absent or null.
    static SequencedMap<String, @Nullable Object> read(ConfigNode profile) {
        ConfigNode node = profile.objectOrEmpty("telemetry");
        node.bool("enabled", false);
        node.optionalString("endpoint");
        node.stringMap("headers");
        node.optionalString("service_name");
        node.optionalString("service_version");
        node.optionalString("environment");
        node.free("resource_attributes");
        ConfigNode tracing = node.objectOrEmpty("tracing");
        tracing.bool("enabled", false);
        tracing.bool("console_export", false);
        tracing.rejectUnknownKeys(Map.of());
        ConfigNode metrics = node.objectOrEmpty("metrics");
        metrics.bool("enabled", false);
        metrics.integer("export_interval", 60, 1, Integer.MAX_VALUE);
        metrics.rejectUnknownKeys(Map.of());
        node.rejectUnknownKeys(Map.of());
        return node.plain();
    }
}
