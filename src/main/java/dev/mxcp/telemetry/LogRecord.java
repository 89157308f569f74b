package dev.mxcp.telemetry;

import java.time.Instant;
import java.util.Map;

/// One record of the log, as it is sent on.
///
/// @param level `DEBUG`, `INFO`, `WARNING` or `ERROR`
/// @param attributes what else is known: the call and the endpoint
public record LogRecord(
        Instant time, String level, String logger, String message, Map<String, String> attributes) {
    public LogRecord {
        attributes = Map.copyOf(attributes);
    }
}
