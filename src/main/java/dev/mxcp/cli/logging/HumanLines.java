package dev.mxcp.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.mxcp.cli.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// Log lines for people: `WARNING:orders:message [tool late_parcels, call 1f3a]`. Further lines of
/// a message are indented, so that none can pass for a record of its own.
final class HumanLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /// How a line begins.
    enum Form {
        /// `LEVEL:logger:message`
        SHORT,
        /// the time before that
        TIMED,
        /// `time - LEVEL - logger - message`
        FILE
    }

    private final Form form;

    HumanLines(Form form) {
        this.form = form;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder(160);
        String separator = form == Form.FILE ? " - " : ":";
        if (form != Form.SHORT) {
            TIME.formatTo(
                    Instant.ofEpochMilli(event.getTimeStamp()).atZone(ZoneId.systemDefault()),
                    line);
            line.append(form == Form.FILE ? " - " : " ");
        }
        line.append(levelName(event.getLevel())).append(separator);
        line.append(Printable.line(event.getLoggerName())).append(separator);
        line.append(indented(event.getFormattedMessage()));
        context(line, event.getMDCPropertyMap());
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            line.append("\n  ")
                    .append(indented(ThrowableProxyUtil.asString(failure).stripTrailing()));
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The names of existing projects' logs.
    static String levelName(Level level) {
        return level == Level.WARN ? "WARNING" : level.toString();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    private static void context(StringBuilder line, Map<String, String> context) {
        String endpoint = context.get("endpoint");
        String call = context.get("call");
        if (endpoint == null && call == null) {
            return;
        }
        line.append(" [");
        if (endpoint != null) {
            line.append(Printable.line(endpoint));
        }
        if (call != null) {
            line.append(endpoint == null ? "call " : ", call ").append(Printable.line(call));
        }
        line.append(']');
    }

    private static String indented(String message) {
        return Printable.lines(message).replace("\n", "\n  ");
    }
}
