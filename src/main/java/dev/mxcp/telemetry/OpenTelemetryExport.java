package dev.mxcp.telemetry;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.project.Project;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongGauge;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Telemetry through the OpenTelemetry SDK: OTLP over HTTP or gRPC, a Prometheus listener, spans in
/// the log. The SDK's own environment variables hold.
public final class OpenTelemetryExport implements Telemetry {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTelemetryExport.class);
    private static final String SCOPE = "mxcp";
    private static final long CLOSE_SECONDS = 10;
    private static final double NANOS = 1e9;
    private static final TextMapGetter<UnaryOperator<@Nullable String>> GETTER =
            new TextMapGetter<>() {
                @Override
                public @Nullable String get(
                        @Nullable UnaryOperator<@Nullable String> carrier, String key) {
                    return carrier == null ? null : carrier.apply(key);
                }
            };

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final Meter meter;
    private final TextMapPropagator propagator;
    private final boolean errorMessages;
    private final boolean logs;
    private final Map<String, LongCounter> counters = new ConcurrentHashMap<>();
    private final Map<String, LongUpDownCounter> numbers = new ConcurrentHashMap<>();
    private final Map<String, DoubleHistogram> histograms = new ConcurrentHashMap<>();

    private OpenTelemetryExport(OpenTelemetrySdk sdk, boolean errorMessages, boolean logs) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer(SCOPE);
        this.meter = sdk.getMeter(SCOPE);
        this.propagator = sdk.getPropagators().getTextMapPropagator();
        this.errorMessages = errorMessages;
        this.logs = logs;
    }

    /// What the project wants: [Telemetry#OFF], or an exporter that runs.
    ///
    /// @param environment of this process
    /// @throws InvalidProject when a setting cannot be used
    public static Telemetry of(
            Project project, Map<String, String> environment, String productVersion) {
        if (!TelemetrySettings.enabled(project, environment)) {
            return OFF;
        }
        TelemetrySettings settings = TelemetrySettings.of(project, environment, productVersion);
        if (settings.sendsNothing()) {
            LOG.warn(
                    "telemetry is enabled, but nothing says where to send it: write"
                            + " telemetry.endpoint or set OTEL_EXPORTER_OTLP_ENDPOINT");
        }
        try {
            return new OpenTelemetryExport(
                    sdk(settings), settings.errorMessages(), settings.logs());
        } catch (RuntimeException unusable) {
            throw new InvalidProject(
                    Problem.of(
                            "telemetry cannot be set up: " + unusable.getMessage(),
                            "correct the telemetry block or the OTEL_ variables"));
        }
    }

    private static OpenTelemetrySdk sdk(TelemetrySettings settings) {
        var described = Attributes.builder();
        settings.resource().forEach(described::put);
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook() // the server closes it, after its last call
                .addPropertiesSupplier(settings::properties)
                .addPropertiesCustomizer(_ -> settings.overrides())
                .addResourceCustomizer(
                        (found, _) -> Resource.create(described.build()).merge(found))
                .build()
                .getOpenTelemetrySdk();
    }

    @Override
    public Observation begin(String name) {
        return new Spanned(tracer.spanBuilder(name).startSpan());
    }

    @Override
    public Observation serve(String name, UnaryOperator<@Nullable String> carrier) {
        Context parent = propagator.extract(Context.root(), carrier, GETTER);
        return new Spanned(
                tracer.spanBuilder(name)
                        .setParent(parent)
                        .setSpanKind(SpanKind.SERVER)
                        .startSpan());
    }

    @Override
    public void count(String metric, String... attributes) {
        counters.computeIfAbsent(metric, name -> meter.counterBuilder(name).setUnit("1").build())
                .add(1, attributes(attributes));
    }

    @Override
    public void change(String metric, int by, String... attributes) {
        numbers.computeIfAbsent(
                        metric, name -> meter.upDownCounterBuilder(name).setUnit("1").build())
                .add(by, attributes(attributes));
    }

    @Override
    public void took(String metric, long nanos, String... attributes) {
        histograms
                .computeIfAbsent(metric, name -> meter.histogramBuilder(name).setUnit("s").build())
                .record(nanos / NANOS, attributes(attributes));
    }

    @Override
    public Registration gauge(String metric, LongSupplier value) {
        ObservableLongGauge gauge =
                meter.gaugeBuilder(metric)
                        .ofLongs()
                        .setUnit("1")
                        .buildWithCallback(measured -> measured.record(value.getAsLong()));
        return gauge::close;
    }

    @Override
    public boolean wantsLog() {
        return logs;
    }

    @Override
    public void log(LogRecord logged) {
        LogRecordBuilder builder =
                sdk.getLogsBridge()
                        .get(logged.logger())
                        .logRecordBuilder()
                        .setTimestamp(logged.time())
                        .setSeverity(severity(logged.level()))
                        .setSeverityText(logged.level())
                        .setBody(logged.message());
        logged.attributes()
                .forEach((name, value) ->
                        builder.setAttribute(AttributeKey.stringKey("mxcp." + name), value));
        builder.emit();
    }

    private static Severity severity(String level) {
        return switch (level) {
            case "DEBUG" -> Severity.DEBUG;
            case "INFO" -> Severity.INFO;
            case "WARNING" -> Severity.WARN;
            default -> Severity.ERROR;
        };
    }

    @Override
    public @Nullable String traceId() {
        SpanContext current = Span.current().getSpanContext();
        return current.isValid() ? current.getTraceId() : null;
    }

    @Override
    public Map<String, String> handedOn() {
        var carrier = new TreeMap<String, String>();
        propagator.inject(
                Context.current(),
                carrier,
                (map, key, value) -> {
                    if (map != null) {
                        map.put(key, value);
                    }
                });
        return carrier;
    }

    @Override
    public void close() {
        if (!sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS).isSuccess()) {
            LOG.warn("telemetry: the last records could not be sent");
        }
    }

    private static Attributes attributes(String... pairs) {
        AttributesBuilder attributes = Attributes.builder();
        for (int i = 0; i < pairs.length; i += 2) {
            attributes.put(pairs[i], pairs[i + 1]);
        }
        return attributes.build();
    }

    private final class Spanned implements Observation {
        private final Span span;
        private final Scope scope;

        @SuppressWarnings("MustBeClosed") // closed by close()
        Spanned(Span span) {
            this.span = span;
            this.scope = span.makeCurrent();
        }

        @Override
        public Observation set(String attribute, String value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public Observation set(String attribute, long value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public Observation set(String attribute, boolean value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public void failed(String kind, Throwable failure) {
            span.setAttribute("error.type", kind);
            String message = failure.getMessage();
            span.setStatus(StatusCode.ERROR, errorMessages && message != null ? message : kind);
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }
}
