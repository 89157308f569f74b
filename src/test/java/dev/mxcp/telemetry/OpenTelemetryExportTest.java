package dev.mxcp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.project.Project;
import dev.mxcp.project.ProjectLoader;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T1, T2, T4, T5, T6: against collectors that speak the real protocol.
class OpenTelemetryExportTest {
    private static final String VERSION = "9.8.7";

    @TempDir Path folder;
    private final Map<String, String> environment = new HashMap<>();

    private Project project(String telemetry) {
        try {
            Path root = Files.createDirectories(folder.resolve("shop"));
            Files.writeString(
                    root.resolve("mxcp-site.yml"), "mxcp: 1\nproject: shop\nprofile: dev\n");
            Path file = Files.createDirectories(folder.resolve(".mxcp")).resolve("config.yml");
            Files.writeString(
                    file, "projects: {shop: {profiles: {dev: {telemetry: " + telemetry + "}}}}\n");
            return ProjectLoader.load(
                    new ProjectLoader.Options(root, null, null, false, environment, folder));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private Telemetry telemetry(String block) {
        return OpenTelemetryExport.of(project(block), environment, VERSION);
    }

    @Test
    void telemetry_is_off_unless_it_is_switched_on() {
        assertThat(telemetry("{endpoint: 'http://127.0.0.1:9'}")).isSameAs(Telemetry.OFF);

        environment.put("MXCP_TELEMETRY_ENABLED", "no");
        assertThat(telemetry("{enabled: true}")).isSameAs(Telemetry.OFF);
    }

    @Test
    void spans_go_to_the_endpoint_with_what_describes_the_server() {
        try (Collector collector = Collector.http()) {
            try (Telemetry telemetry =
                    telemetry(
                            "{enabled: true, endpoint: '%s/v1/traces', headers: {x-key: 'a b'},"
                                            .formatted(collector.endpoint())
                                    + " resource_attributes: {team: 'data, one'}}")) {
                work(telemetry);
            }

            Span outer = collector.span("outer");
            Span inner = collector.span("inner");
            assertThat(inner.getParentSpanId()).isEqualTo(outer.getSpanId());
            assertThat(Facts.of(inner.getAttributesList()))
                    .isEqualTo(Map.of("a", "text", "b", "7", "c", "true"));
            assertThat(collector.resource())
                    .containsEntry("service.name", "mxcp")
                    .containsEntry("service.version", VERSION)
                    .containsEntry("deployment.environment", "dev")
                    .containsEntry("mxcp.project", "shop")
                    .containsEntry("mxcp.profile", "dev")
                    .containsEntry("team", "data, one");
            // T2, as wanted: headers go with both signals
            assertThat(collector.headers("x-key", "/v1/traces"::equals)).containsOnly("a b");
            assertThat(collector.headers("x-key", "/v1/metrics"::equals)).containsOnly("a b");
            assertThat(collector.metrics("calls").getFirst().getSum().getDataPoints(0).getAsInt())
                    .isEqualTo(2);
            assertThat(
                            collector
                                    .metrics("time")
                                    .getFirst()
                                    .getHistogram()
                                    .getDataPoints(0)
                                    .getSum())
                    .isEqualTo(1.5);
            assertThat(collector.metrics("size").getFirst().getGauge().getDataPoints(0).getAsInt())
                    .isEqualTo(42);
        }
    }

    private static void work(Telemetry telemetry) {
        try (var _ = telemetry.gauge("size", () -> 42)) {
            try (var _ = telemetry.begin("outer");
                    Observation inner = telemetry.begin("inner")) {
                inner.set("a", "text").set("b", 7).set("c", true);
                telemetry.count("calls", "k", "v");
                telemetry.count("calls", "k", "v");
                telemetry.took("time", 1_500_000_000L);
            }
            telemetry.close(); // sends while the gauge can be asked
        }
    }

    @Test
    void the_same_goes_over_grpc() {
        try (Collector collector = Collector.grpc()) {
            environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
            environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
            environment.put("MXCP_TELEMETRY_ENABLED", "1");
            try (Telemetry telemetry = telemetry("{}")) {
                telemetry.begin("one").close();
            }

            assertThat(collector.span("one").getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
        }
    }

    /// T1: the variables of OpenTelemetry win over the file.
    @Test
    void variables_win_over_the_file() {
        try (Collector collector = Collector.http()) {
            environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
            environment.put("OTEL_SERVICE_NAME", "from-variable");
            environment.put("OTEL_RESOURCE_ATTRIBUTES", "team=b");
            environment.put("OTEL_METRICS_EXPORTER", "none");
            try (Telemetry telemetry =
                    telemetry(
                            "{enabled: true, endpoint: 'http://127.0.0.1:9', service_name: file,"
                                    + " resource_attributes: {team: a, gone: x}}")) {
                telemetry.begin("one").close();
                telemetry.count("calls");
            }

            assertThat(collector.resource())
                    .containsEntry("service.name", "from-variable")
                    .containsEntry("team", "b")
                    .doesNotContainKey("gone");
            assertThat(collector.metrics("calls")).isEmpty();
        }
    }

    /// T4, as wanted: the trace of the client goes on.
    @Test
    void a_request_is_part_of_the_trace_of_its_client() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        try (Collector collector = Collector.http()) {
            try (Telemetry telemetry =
                    telemetry("{enabled: true, endpoint: '%s'}".formatted(collector.endpoint()))) {
                Map<String, String> carrier =
                        Map.of("traceparent", "00-" + trace + "-b7ad6b7169203331-01");
                assertThat(telemetry.traceId()).isNull();
                assertThat(telemetry.handedOn()).isEmpty();
                try (var _ = telemetry.serve("request", carrier::get)) {
                    assertThat(telemetry.traceId()).isEqualTo(trace);
                    assertThat(telemetry.handedOn().get("traceparent"))
                            .startsWith("00-" + trace)
                            .doesNotContain("b7ad6b7169203331");
                }
            }

            assertThat(collector.span("request").getKind())
                    .isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        }
    }

    /// T3, as wanted: messages may quote data, so they stay unless they are wanted.
    @Test
    void messages_of_failures_stay_in_the_process_unless_they_are_wanted() {
        assertThat(failed("")).isEqualTo("endpoint_failed");
        assertThat(failed(", tracing: {error_messages: true}")).isEqualTo("no row 4711");
    }

    private String failed(String more) {
        try (Collector collector = Collector.http()) {
            try (Telemetry telemetry =
                    telemetry(
                            "{enabled: true, endpoint: '%s'%s}"
                                    .formatted(collector.endpoint(), more))) {
                try (Observation work = telemetry.begin("work")) {
                    work.failed("endpoint_failed", new IllegalStateException("no row 4711"));
                }
            }
            Status status = collector.span("work").getStatus();
            assertThat(status.getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            return status.getMessage();
        }
    }

    @Test
    void log_records_go_along_when_they_are_wanted() {
        try (Collector collector = Collector.http()) {
            try (Telemetry telemetry =
                    telemetry(
                            "{enabled: true, endpoint: '%s', logs: {enabled: true}}"
                                    .formatted(collector.endpoint()))) {
                assertThat(telemetry.wantsLog()).isTrue();
                try (var _ = telemetry.begin("work")) {
                    telemetry.log(
                            new LogRecord(
                                    Instant.ofEpochSecond(5),
                                    "WARNING",
                                    "shop",
                                    "low stock",
                                    Map.of("endpoint", "order")));
                }
            }

            var logged = collector.logs().getFirst();
            assertThat(logged.getBody().getStringValue()).isEqualTo("low stock");
            assertThat(logged.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
            assertThat(logged.getTimeUnixNano()).isEqualTo(5_000_000_000L);
            assertThat(logged.getTraceId()).isEqualTo(collector.span("work").getTraceId());
            assertThat(Facts.of(logged.getAttributesList()))
                    .isEqualTo(Map.of("mxcp.endpoint", "order"));
        }
    }

    @Test
    void a_prometheus_listener_shows_the_metrics() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (Telemetry telemetry =
                        telemetry(
                                "{enabled: true, metrics: {prometheus: {host: 127.0.0.1, port: %d}}}"
                                        .formatted(port));
                HttpClient client = HttpClient.newHttpClient()) {
            telemetry.count("mxcp.endpoint.requests_total", "endpoint", "greet");

            String page =
                    client.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:%d/metrics"
                                                                    .formatted(port)))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();

            assertThat(page.lines())
                    .anyMatch(line ->
                            line.startsWith("mxcp_endpoint_requests_total{endpoint=\"greet\"")
                                    && line.endsWith(" 1.0"));
        }
    }

    /// T1, as wanted: without an endpoint nothing is sent anywhere.
    @Test
    void nothing_is_sent_where_nobody_said() {
        TelemetrySettings settings =
                TelemetrySettings.of(project("{enabled: true}"), environment, VERSION);

        assertThat(settings.sendsNothing()).isTrue();
    }

    @Test
    void what_cannot_be_used_is_said() {
        assertThatThrownBy(() -> telemetry("{enabled: true, endpoint: 'no url at all'}"))
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining("telemetry cannot be set up");
        environment.put("MXCP_TELEMETRY_METRICS_INTERVAL", "soon");
        assertThatThrownBy(() -> telemetry("{enabled: true}"))
                .isInstanceOf(InvalidProject.class)
                .hasMessageContaining(
                        "MXCP_TELEMETRY_METRICS_INTERVAL is no number of seconds: soon");
    }

    @Test
    void the_interval_and_the_grpc_port_are_understood() {
        TelemetrySettings settings =
                TelemetrySettings.of(
                        project(
                                "{enabled: true, endpoint: 'http://otel:4317',"
                                        + " metrics: {export_interval: 5}}"),
                        environment,
                        VERSION);

        assertThat(List.of("otel.exporter.otlp.protocol", "otel.metric.export.interval"))
                .extracting(settings.properties()::get)
                .containsExactly("grpc", "5000");
    }
}
