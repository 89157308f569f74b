package dev.mxcp.engine.call;

import org.jspecify.annotations.Nullable;

/// The way from a running call back to its client: log and progress messages (R3.15). Thread-safe;
/// never throws because of the client's state; does nothing after the call ended.
public interface ClientMessages {

    /// A log message.
    ///
    /// @param level one of `debug`, `info`, `warning`, `error`
    /// @param logger name of the sender, or null
    /// @param data any plain value
    void log(String level, @Nullable String logger, @Nullable Object data);

    /// A progress message; dropped unless the client asked for progress.
    void progress(double progress, @Nullable Double total, @Nullable String message);

    /// Nobody listens.
    ClientMessages NONE =
            new ClientMessages() {
                @Override
                public void log(String level, @Nullable String logger, @Nullable Object data) {}

                @Override
                public void progress(
                        double progress, @Nullable Double total, @Nullable String message) {}
            };
}
