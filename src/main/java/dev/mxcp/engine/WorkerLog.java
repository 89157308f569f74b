package dev.mxcp.engine;

import dev.mxcp.engine.python.LogSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/// Brings prints and log records of user code into the server's log, under the call's id and the
/// endpoint's name (R1.9). Prints have a logger of their own.
final class WorkerLog implements LogSink {
    private static final Logger PRINT_LOG = LoggerFactory.getLogger(Engine.PRINT_LOGGER);
    private static final int ERROR = 40;
    private static final int WARNING = 30;
    private static final int INFO = 20;

    @Override
    public void line(Stream stream, String line, @Nullable String call, @Nullable String endpoint) {
        under(call, endpoint, () -> PRINT_LOG.info("{}", line));
    }

    @Override
    public void log(
            String level,
            int levelNumber,
            String logger,
            String message,
            @Nullable String call,
            @Nullable String endpoint) {
        Logger log = LoggerFactory.getLogger(logger.isEmpty() ? "root" : logger);
        under(call, endpoint, () -> log.atLevel(level(level, levelNumber)).log("{}", message));
    }

    private static Level level(String name, int number) {
        if (number == 0) {
            return switch (name) {
                case "CRITICAL", "ERROR" -> Level.ERROR;
                case "WARNING" -> Level.WARN;
                case "DEBUG" -> Level.DEBUG;
                default -> Level.INFO;
            };
        }
        if (number >= ERROR) {
            return Level.ERROR;
        }
        if (number >= WARNING) {
            return Level.WARN;
        }
        return number >= INFO ? Level.INFO : Level.DEBUG;
    }

    private static void under(@Nullable String call, @Nullable String endpoint, Runnable entry) {
        try (var _ = mdc("call", call);
                var _ = mdc("endpoint", endpoint)) {
            entry.run();
        }
    }

    private static MDC.@Nullable MDCCloseable mdc(String key, @Nullable String value) {
        return value == null ? null : MDC.putCloseable(key, value);
    }
}
