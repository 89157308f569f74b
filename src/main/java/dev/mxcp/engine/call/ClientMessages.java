package dev.mxcp.engine.call;

import java.util.Map;
import java.util.SequencedMap;
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

    /// Asks the client and waits for the answers (M22.11).
    ///
    /// @param questions by keys that mean the same in every run of the call
    /// @param state what the code wants to find again should it have to begin anew
    /// @return an answer for every key, as the protocol has it
    /// @throws ClientLacks when the client cannot be asked that
    /// @throws InputRequired when the client will answer with a new call
    /// @throws dev.mxcp.problem.MxcpException when no usable answer came
    default Map<String, @Nullable Object> ask(
            SequencedMap<String, Question> questions, @Nullable Object state) {
        throw new ClientLacks(questions.firstEntry().getValue().capability());
    }

    /// What the client can do, as it declared it.
    default Map<String, @Nullable Object> capabilities() {
        return Map.of();
    }

    /// What an earlier run of the same call left behind; null in the first run.
    default @Nullable Object state() {
        return null;
    }

    /// A resource has other contents now; those who watch it are told (M15.11, M21.4).
    default void resourceUpdated(String uri) {}

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
