package dev.mxcp.telemetry;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Telemetry that is switched off.
final class Silence implements Telemetry {
    private static final Observation NOTHING =
            new Observation() {
                @Override
                public Observation set(String attribute, String value) {
                    return this;
                }

                @Override
                public Observation set(String attribute, long value) {
                    return this;
                }

                @Override
                public Observation set(String attribute, boolean value) {
                    return this;
                }

                @Override
                public void failed(String kind, Throwable failure) {}

                @Override
                public void close() {}
            };

    @Override
    public Observation begin(String name) {
        return NOTHING;
    }

    @Override
    public Observation serve(String name, UnaryOperator<@Nullable String> carrier) {
        return NOTHING;
    }

    @Override
    public void count(String metric, String... attributes) {}

    @Override
    public void change(String metric, int by, String... attributes) {}

    @Override
    public void took(String metric, long nanos, String... attributes) {}

    @Override
    public Registration gauge(String metric, LongSupplier value) {
        return () -> {};
    }

    @Override
    public boolean wantsLog() {
        return false;
    }

    @Override
    public void log(LogRecord logged) {}

    @Override
    public @Nullable String traceId() {
        return null;
    }

    @Override
    public Map<String, String> handedOn() {
        return Map.of();
    }

    @Override
    public void close() {}
}
