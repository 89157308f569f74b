package dev.mxcp.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.mxcp.telemetry.LogRecord;
import dev.mxcp.telemetry.Telemetry;
import java.time.Instant;

/// Log records that are sent on by telemetry. What telemetry itself logs is left out: a collector
/// that cannot be reached must not be told so.
final class SentLines extends AppenderBase<ILoggingEvent> {
    private static final String OF_TELEMETRY = "io.opentelemetry";

    private final Telemetry telemetry;

    SentLines(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLoggerName().startsWith(OF_TELEMETRY)) {
            telemetry.log(
                    new LogRecord(
                            Instant.ofEpochMilli(event.getTimeStamp()),
                            HumanLines.levelName(event.getLevel()),
                            event.getLoggerName(),
                            event.getFormattedMessage(),
                            event.getMDCPropertyMap()));
        }
    }
}
