package dev.mxcp.server.mcp.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Brings changes of what is served to whoever listens (M21). Thread-safe; listeners must not
/// block.
public final class Changes {
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    /// Something is not any more what a client may have seen.
    public sealed interface Change {}

    /// A list has other entries.
    ///
    /// @param method of the notification that says so
    public record ListChanged(String method) implements Change {}

    /// A resource has other contents.
    public record ResourceUpdated(String uri) implements Change {}

    /// The server ends, and with it all listening.
    public record Closing() implements Change {}

    /// Tells all listeners.
    public void publish(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    /// Listens from now on until the listening is closed.
    public Listening listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// How many listen.
    public int listeners() {
        return listeners.size();
    }

    /// Ends with `close`.
    @FunctionalInterface
    public interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
