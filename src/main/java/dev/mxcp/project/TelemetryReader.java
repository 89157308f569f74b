package dev.mxcp.project;

import dev.mxcp.project.yaml.ConfigNode;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Checks the `telemetry` block of a profile (U9, with our `protocol`, `logs`, `metrics.prometheus`
/// and `tracing.error_messages`) and gives it as plain values.
final class TelemetryReader {

    private static final List<String> PROTOCOLS = List.of("http/protobuf", "grpc");

    private TelemetryReader() {}

    /// The block; empty when it is absent or null.
    static SequencedMap<String, @Nullable Object> read(ConfigNode profile) {
        ConfigNode node = profile.objectOrEmpty("telemetry");
        node.bool("enabled", false);
        node.optionalString("endpoint");
        node.choice("protocol", PROTOCOLS);
        node.stringMap("headers");
        node.optionalString("service_name");
        node.optionalString("service_version");
        node.optionalString("environment");
        node.free("resource_attributes");
        ConfigNode tracing = node.objectOrEmpty("tracing");
        tracing.bool("enabled", true);
        tracing.bool("console_export", false);
        tracing.bool("error_messages", false);
        tracing.rejectUnknownKeys(Map.of());
        ConfigNode metrics = node.objectOrEmpty("metrics");
        metrics.bool("enabled", true);
        metrics.integer("export_interval", 60, 1, Integer.MAX_VALUE);
        ConfigNode prometheus = metrics.objectOrEmpty("prometheus");
        prometheus.optionalString("host");
        prometheus.integer("port", 9464, 0, 65_535);
        prometheus.rejectUnknownKeys(Map.of());
        metrics.rejectUnknownKeys(Map.of());
        ConfigNode logs = node.objectOrEmpty("logs");
        logs.bool("enabled", false);
        logs.rejectUnknownKeys(Map.of());
        node.rejectUnknownKeys(Map.of());
        return node.plain();
    }
}
