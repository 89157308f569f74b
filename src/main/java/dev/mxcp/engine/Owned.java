package dev.mxcp.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What somebody opened and has to close: in reverse order, all of it, whatever fails on the way.
/// Not thread-safe.
final class Owned implements AutoCloseable {
    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    /// Takes a thing over.
    <T extends AutoCloseable> T own(T thing) {
        things.push(thing);
        return thing;
    }

    /// Lets go of everything: somebody else has taken it over, or it is closed.
    void disown() {
        things.clear();
    }

    /// Closes everything; the first failure is thrown at the end, with the others attached.
    @Override
    public void close() {
        @Nullable RuntimeException first = null;
        while (!things.isEmpty()) {
            try {
                things.pop().close();
            } catch (Exception failure) {
                if (failure instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (first == null) {
                    first =
                            failure instanceof RuntimeException unchecked
                                    ? unchecked
                                    : new IllegalStateException(failure);
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
