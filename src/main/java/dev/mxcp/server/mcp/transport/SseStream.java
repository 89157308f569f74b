package dev.mxcp.server.mcp.transport;

import dev.mxcp.types.json.JsonBuffer;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One stream of server-sent events (M6.11): others put messages in, one thread writes them. A
/// reader that is too slow loses messages, never the answer (M27.10). Thread-safe.
final class SseStream {
    private static final Header CONTENT_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");
    private static final Header CACHE_CONTROL =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache, no-transform");
    private static final Header NO_BUFFERING =
            HeaderValues.createCached(HeaderNames.create("X-Accel-Buffering"), "no");
    private static final byte[] BEGIN = ascii("event: message\ndata: ");
    private static final byte[] END = ascii("\n\n");
    private static final byte[] COMMENT = ascii(":\n\n");
    private static final byte[] LAST = new byte[0];
    private static final int MOST_WAITING = 1000;
    private static final long SILENCE_SECONDS = 15; // M6.12

    /// A closed connection takes the first bytes and resets what comes after them.
    private static final long FIRST_SILENCE_SECONDS = 1;

    /// Only what is written finds out that a client has left, and what it asked for ends then.
    private static final long WATCHFUL_SECONDS = 2;

    private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
    private final @Nullable Runnable leaving;
    private volatile boolean broken;

    /// @param leaving run when the client is found to be gone; null where nobody cares
    SseStream(@Nullable Runnable leaving) {
        this.leaving = leaving;
    }

    /// Puts a message in, unless too many wait or nobody reads.
    void offer(JsonBuffer message) {
        if (!broken && waiting.size() < MOST_WAITING) {
            waiting.add(event(message));
        }
    }

    /// Has the writer send something now, so that it sees whether its client is there.
    void poke() {
        waiting.add(COMMENT);
    }

    /// Puts the last message in; nothing comes after it.
    void finish(@Nullable JsonBuffer last) {
        if (last != null) {
            waiting.add(event(last));
        }
        waiting.add(LAST);
    }

    /// Whether the client is gone.
    boolean broken() {
        return broken;
    }

    /// Writes until the stream was finished or its client is gone.
    void writeTo(ServerResponse response) {
        response.header(CONTENT_TYPE).header(CACHE_CONTROL).header(NO_BUFFERING);
        try (OutputStream out = response.outputStream()) {
            out.write(COMMENT); // the headers go out at once
            out.flush();
            long silence = FIRST_SILENCE_SECONDS;
            while (true) {
                byte[] next = waiting.poll(silence, TimeUnit.SECONDS);
                silence = leaving == null ? SILENCE_SECONDS : WATCHFUL_SECONDS;
                if (next == null) {
                    next = COMMENT;
                } else if (next.length == 0) {
                    return;
                }
                out.write(next);
                out.flush();
            }
        } catch (IOException | UncheckedIOException | ServerConnectionException _) {
            broken = true; // in a session, what the client asked for goes on (M7.12)
            if (leaving != null) {
                leaving.run();
            }
        } catch (InterruptedException interrupted) {
            broken = true;
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] event(JsonBuffer message) {
        byte[] event = new byte[BEGIN.length + message.size() + END.length];
        System.arraycopy(BEGIN, 0, event, 0, BEGIN.length);
        System.arraycopy(message.array(), 0, event, BEGIN.length, message.size());
        System.arraycopy(END, 0, event, BEGIN.length + message.size(), END.length);
        return event;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
