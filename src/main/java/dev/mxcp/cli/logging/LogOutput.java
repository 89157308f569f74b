package dev.mxcp.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.mxcp.engine.Engine;
import dev.mxcp.project.UserConfig;
import dev.mxcp.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sets the log up by code: nothing is searched or parsed at start. Standard output is never used
/// (serving-and-security D6, U13).
///
/// The level of the project's own code is the configured one, WARNING by default. While serving,
/// the program's own lines from INFO on are shown as well, since they are few and say what an
/// operator asks first: when it started, stopped, reloaded, lost a worker. Libraries are kept one
/// level quieter.
public final class LogOutput {
    private static final String LEVEL = "mxcp.log.level";
    private static final String FORMAT = "mxcp.log.format";
    private static final List<String> LIBRARIES = List.of("io.helidon");

    private LogOutput() {}

    /// What the command line says, for the first logger that is used, if one is at all. System
    /// properties, since the logging library makes our [LogStart] itself.
    public static void beforeProject(@Nullable String level, @Nullable String format) {
        if (level != null) {
            System.setProperty(LEVEL, level);
        }
        if (format != null) {
            System.setProperty(FORMAT, format);
        }
    }

    /// Sets the log up for a command that runs endpoints.
    ///
    /// @param level from the command line, wins over the configuration
    /// @param serving lines then carry the time
    public static void forProject(
            UserConfig.Logging configured,
            @Nullable String level,
            @Nullable String format,
            boolean serving) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        boolean json = "json".equals(format);
        context.reset();
        @Nullable String unusable = null;
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(standardError(context, json, serving));
        if (configured.enabled() && configured.path() != null) {
            unusable = addFile(context, configured, configured.path(), json);
        }
        String configuredLevel = configured.enabled() ? configured.level() : "WARNING";
        levels(context, level != null ? level : configuredLevel, serving && level == null);
        bridgeJavaLogging();
        if (unusable != null) {
            LoggerFactory.getLogger(LogOutput.class).warn("{}", unusable);
        }
    }

    /// Has records sent on as well, if telemetry wants them.
    public static void sendTo(Telemetry telemetry) {
        if (telemetry.wantsLog()) {
            LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
            var appender = new SentLines(telemetry);
            appender.setContext(context);
            appender.setName("telemetry");
            appender.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        }
    }

    /// The state before any project is known.
    static void start(LoggerContext context) {
        boolean json = "json".equals(System.getProperty(FORMAT));
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(standardError(context, json, false));
        levels(context, System.getProperty(LEVEL, "WARNING"), false);
    }

    private static void levels(LoggerContext context, String name, boolean ownInfo) {
        Level level = level(name);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
        if (ownInfo && level == Level.WARN) {
            context.getLogger("dev.mxcp").setLevel(Level.INFO);
        }
        Level quieter =
                switch (level.toInt()) {
                    case Level.DEBUG_INT -> Level.INFO;
                    case Level.INFO_INT -> Level.WARN;
                    default -> level;
                };
        LIBRARIES.forEach(library -> context.getLogger(library).setLevel(quieter));
        // who prints wants to be read, whatever the level (R1.9.1)
        context.getLogger(Engine.PRINT_LOGGER).setLevel(Level.INFO);
    }

    private static Level level(String name) {
        return switch (name) {
            case "WARNING" -> Level.WARN;
            case "CRITICAL" -> Level.ERROR;
            default -> Level.toLevel(name, Level.WARN);
        };
    }

    private static Appender<ILoggingEvent> standardError(
            LoggerContext context, boolean json, boolean time) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(
                encoder(context, json, time ? HumanLines.Form.TIMED : HumanLines.Form.SHORT));
        appender.start();
        return appender;
    }

    /// Adds the rotating file.
    ///
    /// @return why it cannot be written; null when it can
    private static @Nullable String addFile(
            LoggerContext context, UserConfig.Logging configured, Path path, boolean json) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.newOutputStream(
                            path,
                            java.nio.file.StandardOpenOption.CREATE,
                            java.nio.file.StandardOpenOption.APPEND)
                    .close();
        } catch (IOException unwritable) {
            return "no log file: " + unwritable;
        }
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("file");
        appender.setFile(path.toString());
        var names = new FixedWindowRollingPolicy();
        names.setContext(context);
        names.setParent(appender);
        names.setFileNamePattern(path.toString().replace("%", "\\%") + ".%i");
        names.setMinIndex(1);
        names.setMaxIndex(Math.clamp(configured.backupCount(), 1, 20));
        names.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(configured.maxBytes()));
        size.start();
        appender.setRollingPolicy(names);
        appender.setTriggeringPolicy(size);
        appender.setEncoder(encoder(context, json, HumanLines.Form.FILE));
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        return null;
    }

    private static Encoder<ILoggingEvent> encoder(
            LoggerContext context, boolean json, HumanLines.Form form) {
        Encoder<ILoggingEvent> encoder = json ? new JsonLines() : new HumanLines(form);
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    /// Libraries that log by java.util.logging reach the same log.
    private static void bridgeJavaLogging() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            LogManager.getLogManager().reset();
            SLF4JBridgeHandler.install();
        }
    }
}
