package dev.mxcp.server.mcp.transport;

import dev.mxcp.server.mcp.method.MessageSink;
import dev.mxcp.types.json.JsonBuffer;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The answer to one POST (M6.9, M6.10): plain JSON, unless a message has to precede it or it takes
/// long; then a stream that ends with it. Thread-safe; finished by the thread of the request.
final class PostReply implements MessageSink {
    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(15); // M6.12

    private final long since = System.nanoTime();
    private final ServerResponse response;
    private final Accepted accepted;
    private @Nullable SseStream stream; // this and below: guarded by this
    private @Nullable Thread writer;
    private boolean finished;
    private @Nullable Runnable leaving;

    PostReply(ServerResponse response, Accepted accepted) {
        this.response = response;
        this.accepted = accepted;
    }

    @Override
    public synchronized void send(JsonBuffer message) {
        if (accepted.eventStream() && !finished) {
            stream().offer(message);
        }
    }

    /// What to do when the client leaves before it has its answer. Set before anything is sent.
    synchronized void onLeaving(Runnable action) {
        leaving = action;
    }

    @Override
    public boolean asks() {
        return accepted.eventStream();
    }

    @Override
    public synchronized void heartbeat() {
        if (accepted.eventStream() && !finished && System.nanoTime() - since >= SILENCE_NANOS) {
            stream();
        }
    }

    /// Only what was written to shows that nobody reads.
    @Override
    public synchronized boolean lost() {
        return stream != null && stream.broken();
    }

    /// Sends the answer; empty means that the client does not want one any more.
    void finish(Optional<JsonBuffer> answer, int status) {
        SseStream streaming = finished(answer);
        if (streaming != null) {
            awaitWriter(streaming);
        } else if (answer.isEmpty()) {
            accepted(response);
        } else if (accepted.json() || status != 200) {
            json(response, answer.get(), status);
        } else {
            var single = new SseStream(null);
            single.finish(answer.get());
            single.writeTo(response);
        }
    }

    /// Answers with one JSON message.
    static void json(ServerResponse response, JsonBuffer message, int status) {
        if (status != 200) {
            response.status(status);
        }
        response.header(JSON).send(message.array(), 0, message.size());
    }

    /// Answers that the message was taken.
    static void accepted(ServerResponse response) {
        response.status(Status.ACCEPTED_202).send();
    }

    private SseStream stream() {
        SseStream opened = stream;
        if (opened == null) {
            var fresh = new SseStream(leaving);
            stream = fresh;
            opened = fresh;
            writer = Thread.ofVirtual().name("sse-writer").start(() -> fresh.writeTo(response));
        }
        return opened;
    }

    private synchronized @Nullable SseStream finished(Optional<JsonBuffer> answer) {
        finished = true;
        if (stream != null) {
            stream.finish(answer.orElse(null));
        }
        return stream;
    }

    private void awaitWriter(SseStream streaming) {
        Thread writing;
        synchronized (this) {
            writing = writer;
        }
        try {
            if (writing != null) {
                writing.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (streaming.broken()) {
            throw new CloseConnectionException("the client left its stream");
        }
    }
}
