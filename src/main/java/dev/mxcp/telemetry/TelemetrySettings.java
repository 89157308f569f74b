package dev.mxcp.telemetry;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Project;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a project and its environment say about telemetry (T1), in the property names of the
/// OpenTelemetry SDK, whose own environment variables win.
///
/// @param properties of the SDK, from the file
/// @param overrides of the SDK, from environment variables
/// @param resource what describes this server in every record
/// @param errorMessages whether messages of failures may leave the process
/// @param logs whether log records are sent too
record TelemetrySettings(
        Map<String, String> properties,
        Map<String, String> overrides,
        Map<String, String> resource,
        boolean errorMessages,
        boolean logs) {
    private static final Set<String> YES = Set.of("true", "1", "yes");
    private static final Set<String> NO = Set.of("false", "0", "no");
    private static final List<String> SUFFIXES = List.of("/v1/traces", "/v1/metrics", "/v1/logs");
    private static final int GRPC_PORT = 4317;
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String NONE = "none";

    /// Whether telemetry is on: `MXCP_TELEMETRY_ENABLED`, else the file.
    static boolean enabled(Project project, Map<String, String> environment) {
        Boolean said = flag(environment, "MXCP_TELEMETRY_ENABLED");
        return said == null ? Boolean.TRUE.equals(project.user().telemetry().get("enabled")) : said;
    }

    static TelemetrySettings of(
            Project project, Map<String, String> environment, String productVersion) {
        return new Reading(project.user().telemetry(), environment)
                .settings(project, productVersion);
    }

    /// Whether no signal leaves the process, by the file and by the environment.
    boolean sendsNothing() {
        return List.of("otel.traces.exporter", "otel.metrics.exporter", "otel.logs.exporter")
                .stream()
                .allMatch(key -> NONE.equals(overrides.getOrDefault(key, properties.get(key))));
    }

    private record Reading(Map<String, @Nullable Object> file, Map<String, String> environment) {

        TelemetrySettings settings(Project project, String productVersion) {
            Map<String, String> overrides = overrides();
            var properties = new LinkedHashMap<String, String>();
            properties.put("otel.service.name", text("service_name", "mxcp"));
            exporting(properties, overrides);
            exporters(properties, overrides);
            properties.put("otel.resource.attributes", pairs(block(file, "resource_attributes")));
            var resource = new LinkedHashMap<String, String>();
            resource.put("service.version", text("service_version", productVersion));
            resource.put("deployment.environment", text("environment", project.profile()));
            resource.put("mxcp.project", String.valueOf(project.site().project()));
            resource.put("mxcp.profile", project.profile());
            return new TelemetrySettings(
                    properties,
                    overrides,
                    resource,
                    Boolean.TRUE.equals(block(file, "tracing").get("error_messages")),
                    on("logs", false));
        }

        private void exporting(Map<String, String> properties, Map<String, String> overrides) {
            String endpoint = text("endpoint", "");
            if (!endpoint.isEmpty()) {
                properties.put(ENDPOINT, base(endpoint));
                properties.put("otel.exporter.otlp.headers", pairs(block(file, "headers")));
            }
            String used = overrides.getOrDefault(ENDPOINT, endpoint);
            properties.put(
                    "otel.exporter.otlp.protocol",
                    text("protocol", port(used) == GRPC_PORT ? "grpc" : "http/protobuf"));
            properties.put("otel.metric.export.interval", exportInterval());
        }

        private String exportInterval() {
            String said = environment.getOrDefault("MXCP_TELEMETRY_METRICS_INTERVAL", "");
            Object written = block(file, "metrics").get("export_interval");
            String seconds = said.isEmpty() ? written == null ? "60" : written.toString() : said;
            if (!seconds.matches("[1-9][0-9]{0,8}")) {
                throw new InvalidProject(
                        Problem.of(
                                "MXCP_TELEMETRY_METRICS_INTERVAL is no number of seconds: "
                                        + seconds,
                                "write a whole number above 0"));
            }
            return seconds + "000";
        }

        /// Nothing is sent to where nobody said: without an endpoint no signal goes by OTLP.
        private void exporters(Map<String, String> properties, Map<String, String> overrides) {
            boolean sends =
                    properties.containsKey(ENDPOINT)
                            || overrides.keySet().stream()
                                    .anyMatch(key -> key.startsWith("otel.exporter.otlp"));
            var traces = new ArrayList<String>();
            var metrics = new ArrayList<String>();
            if (sends && on("tracing", true)) {
                traces.add("otlp");
            }
            Boolean console = flag(environment, "MXCP_TELEMETRY_TRACING_CONSOLE");
            if (console == null
                    ? Boolean.TRUE.equals(block(file, "tracing").get("console_export"))
                    : console) {
                traces.add("console");
            }
            if (sends && on("metrics", true)) {
                metrics.add("otlp");
            }
            if (block(file, "metrics").containsKey("prometheus")) {
                Map<?, ?> listener = block(block(file, "metrics"), "prometheus");
                metrics.add("prometheus");
                properties.put(
                        "otel.exporter.prometheus.host", text(listener, "host", "localhost"));
                properties.put("otel.exporter.prometheus.port", text(listener, "port", "9464"));
            }
            properties.put("otel.traces.exporter", traces.isEmpty() ? NONE : joined(traces));
            properties.put("otel.metrics.exporter", metrics.isEmpty() ? NONE : joined(metrics));
            properties.put("otel.logs.exporter", sends && on("logs", false) ? "otlp" : NONE);
        }

        /// `OTEL_EXPORTER_OTLP_HEADERS` is the property `otel.exporter.otlp.headers`.
        private Map<String, String> overrides() {
            var overrides = new LinkedHashMap<String, String>();
            environment.forEach((name, value) -> {
                if (name.startsWith("OTEL_") && !value.isEmpty()) {
                    overrides.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
                }
            });
            overrides.computeIfPresent(ENDPOINT, (_, endpoint) -> base(endpoint));
            return overrides;
        }

        private boolean on(String signal, boolean otherwise) {
            return block(file, signal).get("enabled") instanceof Boolean said ? said : otherwise;
        }

        private String text(String key, String otherwise) {
            return text(file, key, otherwise);
        }

        private static String text(Map<?, ?> block, String key, String otherwise) {
            Object value = block.get(key);
            return value == null ? otherwise : value.toString();
        }
    }

    private static Map<?, ?> block(Map<?, ?> parent, String key) {
        return parent.get(key) instanceof Map<?, ?> block ? block : Map.of();
    }

    private static String joined(List<String> names) {
        return String.join(",", names);
    }

    private static String pairs(Map<?, ?> map) {
        return map.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "=" + encoded(String.valueOf(entry.getValue())))
                .collect(Collectors.joining(","));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// The endpoint without the path of a signal, which the SDK appends (T2).
    private static String base(String endpoint) {
        for (String suffix : SUFFIXES) {
            if (endpoint.endsWith(suffix)) {
                return endpoint.substring(0, endpoint.length() - suffix.length());
            }
        }
        return endpoint;
    }

    private static int port(String endpoint) {
        try {
            return URI.create(endpoint).getPort();
        } catch (IllegalArgumentException notUrl) {
            return -1; // the SDK says what is wrong with it
        }
    }

    private static @Nullable Boolean flag(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").toLowerCase(Locale.ROOT);
        return YES.contains(value) ? Boolean.TRUE : NO.contains(value) ? Boolean.FALSE : null;
    }
}
