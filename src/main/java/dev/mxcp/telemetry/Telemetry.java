package dev.mxcp.telemetry;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where a server's work is watched. Thread-safe; names and attributes are those of T3 and T5.
/// Attributes of metrics are given as name, value, name, value.
public interface Telemetry extends AutoCloseable {
    /// Watches nothing and costs nothing.
    Telemetry OFF = new Silence();

    /// Begins work that is part of what this thread does.
    Observation begin(String name);

    /// Begins the work for a request of a client, part of the client's trace if it names one (T4).
    ///
    /// @param carrier gives the value of `traceparent`, `tracestate` or `baggage`
    Observation serve(String name, UnaryOperator<@Nullable String> carrier);

    /// Counts one more.
    void count(String metric, String... attributes);

    /// Changes a number of things that go on at once.
    ///
    /// @param by 1 or -1
    void change(String metric, int by, String... attributes);

    /// Notes how long something took, in seconds.
    ///
    /// @param nanos how long
    void took(String metric, long nanos, String... attributes);

    /// Asks for a number whenever metrics are exported, until the registration is closed.
    Registration gauge(String metric, LongSupplier value);

    /// Whether records of the log are wanted.
    boolean wantsLog();

    /// Sends a record of the log on, as part of what this thread does.
    void log(LogRecord logged);

    /// The id of the trace this thread works for, 32 hexadecimal digits; null outside of any.
    @Nullable String traceId();

    /// What must be handed on for work elsewhere to be part of the trace: `traceparent` and the
    /// like. Empty outside of any trace.
    Map<String, String> handedOn();

    /// Sends what is left, for ten seconds at most.
    @Override
    void close();

    /// Something that is asked now and then.
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
