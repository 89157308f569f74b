package dev.mxcp.telemetry;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;
import okio.ByteString;

/// An OTLP collector: takes traces, metrics and logs over HTTP with protobuf, or over gRPC.
public final class Collector implements AutoCloseable {
    private static final int GRPC_PREFIX = 5;

    private final MockWebServer server = new MockWebServer();
    private final List<ResourceSpans> traces = new CopyOnWriteArrayList<>();
    private final List<Metric> metrics = new CopyOnWriteArrayList<>();
    private final List<LogRecord> logs = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    private Collector(boolean grpc) {
        if (grpc) {
            server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        }
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        take(request, grpc);
                        return grpc ? grpcReply() : new MockResponse.Builder().code(200).build();
                    }
                });
        try {
            server.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// A collector that speaks OTLP over HTTP.
    public static Collector http() {
        return new Collector(false);
    }

    /// A collector that speaks OTLP over gRPC.
    public static Collector grpc() {
        return new Collector(true);
    }

    /// Its base URL.
    public String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /// Every span so far.
    public List<Span> spans() {
        var spans = new ArrayList<Span>();
        traces.forEach(of -> of.getScopeSpansList().forEach(in -> spans.addAll(in.getSpansList())));
        return spans;
    }

    /// The only span of that name.
    public Span span(String name) {
        List<Span> found = spans().stream().filter(span -> span.getName().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    found.size()
                            + " spans "
                            + name
                            + " in "
                            + spans().stream().map(Span::getName).toList());
        }
        return found.getFirst();
    }

    /// What describes the sender of the traces.
    public Map<String, String> resource() {
        return Facts.of(traces.getFirst().getResource().getAttributesList());
    }

    /// The metrics of that name.
    public List<Metric> metrics(String name) {
        return metrics.stream().filter(metric -> metric.getName().equals(name)).toList();
    }

    /// Every log record so far.
    public List<LogRecord> logs() {
        return logs;
    }

    /// The values of a header in all requests to paths that fit.
    public List<String> headers(String name, Predicate<String> path) {
        return requests.stream()
                .filter(request -> path.test(request.getTarget()))
                .map(request -> String.valueOf(request.getHeaders().get(name)))
                .toList();
    }

    private void take(RecordedRequest request, boolean grpc) {
        requests.add(request);
        ByteString body = request.getBody();
        if (body == null) {
            return;
        }
        byte[] message = (grpc ? body.substring(GRPC_PREFIX) : body).toByteArray();
        try {
            String target = request.getTarget().toLowerCase(Locale.ROOT);
            if (target.contains("logs")) {
                ExportLogsServiceRequest.parseFrom(message)
                        .getResourceLogsList()
                        .forEach(of ->
                                of.getScopeLogsList()
                                        .forEach(in -> logs.addAll(in.getLogRecordsList())));
            } else if (target.contains("trace")) {
                traces.addAll(ExportTraceServiceRequest.parseFrom(message).getResourceSpansList());
            } else {
                ExportMetricsServiceRequest.parseFrom(message)
                        .getResourceMetricsList()
                        .forEach(of ->
                                of.getScopeMetricsList()
                                        .forEach(in -> metrics.addAll(in.getMetricsList())));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static MockResponse grpcReply() {
        return new MockResponse.Builder()
                .code(200)
                .addHeader("content-type", "application/grpc")
                .body(new Buffer().write(new byte[GRPC_PREFIX]))
                .trailers(Headers.of("grpc-status", "0"))
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
