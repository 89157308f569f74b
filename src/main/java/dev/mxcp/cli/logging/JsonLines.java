package dev.mxcp.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.mxcp.types.json.JsonBuffer;
import java.time.Instant;

/// Log lines for machines: one JSON object a line with `time`, `level`, `logger`, `call`,
/// `endpoint`, `message` and `error`; what a record does not have is absent.
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new JsonBuffer(256);
        line.raw("{\"time\":").value(Instant.ofEpochMilli(event.getTimeStamp()).toString());
        line.raw(",\"level\":").value(HumanLines.levelName(event.getLevel()));
        line.raw(",\"logger\":").value(event.getLoggerName());
        for (String key : new String[] {"call", "endpoint"}) {
            String value = event.getMDCPropertyMap().get(key);
            if (value != null) {
                line.raw(',').name(key).value(value);
            }
        }
        line.raw(",\"message\":").value(event.getFormattedMessage());
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            line.raw(",\"error\":").value(ThrowableProxyUtil.asString(failure).stripTrailing());
        }
        return line.raw("}\n").toByteArray();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
