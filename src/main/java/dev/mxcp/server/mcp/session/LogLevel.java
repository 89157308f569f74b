package dev.mxcp.server.mcp.session;

import java.util.Locale;
import java.util.Optional;

/// The levels of messages to the client, lowest first (M18.1).
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY;

    /// The level with this name on the wire; exactly, in lower case.
    public static Optional<LogLevel> of(String word) {
        for (LogLevel level : values()) {
            if (level.word().equals(word)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /// The name on the wire.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
