package dev.mxcp.server.mcp.transport;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.server.mcp.Dispatcher;
import dev.mxcp.server.mcp.ErrorReplies;
import dev.mxcp.server.mcp.era.Eras;
import dev.mxcp.server.mcp.era.Revision;
import dev.mxcp.server.mcp.era.StatelessEra;
import dev.mxcp.server.mcp.message.Batch;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Incoming;
import dev.mxcp.server.mcp.message.MessageReader;
import dev.mxcp.server.mcp.message.Notification;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.server.mcp.message.Response;
import dev.mxcp.server.mcp.message.Unreadable;
import dev.mxcp.server.mcp.method.Initialize;
import dev.mxcp.server.mcp.method.MessageSink;
import dev.mxcp.server.mcp.method.Mirror;
import dev.mxcp.server.mcp.method.Peer;
import dev.mxcp.server.mcp.session.Changes;
import dev.mxcp.server.mcp.session.Session;
import dev.mxcp.types.json.JsonBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stdio transport (M9): one message a line, one session a process. Lines are read by one
/// thread, requests are answered side by side, answers are written one after another. Does not
/// close the streams.
public final class StdioTransport {
    private static final Logger LOG = LoggerFactory.getLogger(StdioTransport.class);
    private static final String TRANSPORT = "stdio";

    /// Of the simple ones that clients choose.
    private static final Pattern ID =
            Pattern.compile("\"id\"\\s*:\\s*(?:\"([^\"\\\\]*)\"|(\\d{1,18})\\b)");

    private final Dispatcher dispatcher;
    private final int lineLimit;
    private final StatelessEra era;

    /// Holds the requests of the stateless era that can be cancelled; nothing else of it counts.
    private final Session alone = new Session("", Revision.NEWEST, Caller.ANONYMOUS, Instant.EPOCH);

    private final LineReader lines;
    private final OutputStream out;
    private final Object answering = new Object();
    private int unanswered; // guarded by answering
    private volatile @Nullable Session session; // written by the reading thread
    private boolean writable = true; // guarded by out

    /// @param era of requests that need no handshake
    /// @param lineLimit longer lines are refused
    public StdioTransport(
            Dispatcher dispatcher,
            StatelessEra era,
            InputStream in,
            OutputStream out,
            int lineLimit) {
        this.dispatcher = dispatcher;
        this.lineLimit = lineLimit;
        this.era = era;
        this.lines = new LineReader(in, lineLimit);
        this.out = out;
    }

    /// Begins to read, on a thread of its own: reading standard input would hold a carrier thread.
    ///
    /// @param atEnd run once when the input has ended
    public void start(Runnable atEnd) {
        Thread.ofPlatform().daemon().name("stdio-reader").start(() -> readAll(atEnd));
    }

    /// Waits until everything that was asked is answered, or the time is over.
    public void awaitAnswered(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (answering) {
            try {
                long left = limit.toMillis();
                while (unanswered > 0 && left > 0) {
                    answering.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Tells the client what concerns it, once it has shaken hands (M21.1, M15.11).
    public void tell(Changes.Change change) {
        Session opened = session;
        if (opened == null) {
            return;
        }
        switch (change) {
            case Changes.ListChanged(String method) -> write(Notification.of(method));
            case Changes.ResourceUpdated(String uri) -> {
                if (opened.watched().contains(uri)) {
                    write(Notification.ofResource(uri));
                }
            }
            case Changes.Closing _ -> {}
        }
    }

    private void readAll(Runnable atEnd) {
        try {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                take(line.get());
            }
        } catch (IOException broken) {
            LOG.warn("standard input cannot be read any more", broken);
        } finally {
            atEnd.run();
        }
    }

    private void take(LineReader.Line line) {
        switch (line) {
            case LineReader.TooLong(String beginning) -> write(tooLong(beginning));
            case LineReader.Bytes(byte[] buffer, int length) -> {
                if (!blank(buffer, length)) {
                    take(MessageReader.read(buffer, 0, length));
                }
            }
        }
    }

    /// Answers under the id of the request, if that stands before what made it long: else its
    /// client would wait for ever.
    private JsonBuffer tooLong(String beginning) {
        Matcher id = ID.matcher(beginning.split("\"params\"", 2)[0]);
        RequestId request = null;
        if (id.find()) {
            String name = id.group(1);
            request = name == null ? number(id.group(2)) : new RequestId(name);
        }
        String text =
                "the message is longer than %d bytes (limits.request_size)".formatted(lineLimit);
        int code = request == null ? ErrorCode.PARSE_ERROR : ErrorCode.INVALID_REQUEST;
        return ErrorReplies.error(request, new Refusal(code, text));
    }

    private static RequestId number(String digits) {
        return new RequestId(Long.parseLong(digits));
    }

    private void take(Incoming incoming) {
        try {
            if (Eras.stateless(incoming, null)) {
                dispatchStateless(incoming);
            } else {
                dispatch(incoming);
            }
        } catch (Refusal refusal) {
            if (!(incoming instanceof Notification)) {
                write(ErrorReplies.error(id(incoming), refusal));
            }
        }
    }

    private void dispatch(Incoming incoming) {
        switch (incoming) {
            case Request request when request.method().equals(Initialize.NAME) ->
                    initialize(request);
            case Request request -> {
                Peer peer = peer(sessionFor(request));
                aside("request", () -> answer(request, peer));
            }
            case Notification notification -> {
                if (session != null) {
                    dispatcher.accept(notification, session);
                }
                // cancellations need not say which era the request was of
                dispatcher.accept(notification, alone);
            }
            case Batch batch -> {
                Peer peer = peer(initialized());
                aside("batch", () -> answer(batch, peer));
            }
            case Response response -> {
                if (session != null) {
                    session.questions().take(response);
                }
            }
            case Unreadable bad -> throw new Refusal(bad.code(), bad.message());
        }
    }

    private void dispatchStateless(Incoming incoming) {
        switch (incoming) {
            case Request request -> {
                var peer =
                        new Peer(
                                alone,
                                era,
                                Caller.ANONYMOUS,
                                TRANSPORT,
                                null,
                                Mirror.NONE,
                                new Sink(),
                                false);
                aside("request", () -> answer(request, peer));
            }
            case Notification notification -> dispatcher.accept(notification, alone);
            case Response _, Batch _, Unreadable _ -> {}
        }
    }

    private void initialize(Request request) {
        if (session != null) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "Invalid request: this session is initialized already");
        }
        Session opened =
                new Session("", Initialize.negotiated(request), Caller.ANONYMOUS, Instant.EPOCH);
        session = opened;
        answer(request, peer(opened));
    }

    private void aside(String name, Runnable work) {
        synchronized (answering) {
            unanswered++;
        }
        Thread.ofVirtual().name(name).start(() -> counted(work));
    }

    private void counted(Runnable work) {
        try {
            work.run();
        } finally {
            synchronized (answering) {
                unanswered--;
                answering.notifyAll();
            }
        }
    }

    private void answer(Request request, Peer peer) {
        dispatcher.answer(request, peer).map(Dispatcher.Answer::json).ifPresent(this::write);
    }

    private void answer(Batch batch, Peer peer) {
        try {
            dispatcher.answer(batch, peer).ifPresent(this::write);
        } catch (Refusal refusal) {
            write(ErrorReplies.error(null, refusal));
        }
    }

    /// M3.16: before the handshake an unknown method is unknown, so that a client which knows both
    /// eras falls back to the handshake; ping is answered (M11.9).
    private Session sessionFor(Request request) {
        if (session == null
                && (request.method().equals("ping")
                        || !Eras.of(Revision.NEWEST).has(request.method())
                        || !dispatcher.knows(request.method()))) {
            return new Session("", Revision.NEWEST, Caller.ANONYMOUS, Instant.EPOCH);
        }
        return initialized();
    }

    private Session initialized() {
        if (session == null) {
            throw Refusal.malformedParams("the session is not initialized yet");
        }
        return session;
    }

    private Peer peer(Session of) {
        return Peer.of(of, Caller.ANONYMOUS, TRANSPORT, null, new Sink(), true);
    }

    private void write(JsonBuffer message) {
        message.raw('\n');
        synchronized (out) {
            if (!writable) {
                return;
            }
            try {
                message.writeTo(out);
                out.flush();
            } catch (IOException broken) {
                writable = false;
                LOG.warn("standard output cannot be written any more", broken);
            }
        }
    }

    private static boolean blank(byte[] line, int length) {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable RequestId id(Incoming incoming) {
        return switch (incoming) {
            case Request request -> request.id();
            case Unreadable bad -> bad.id();
            case Notification _, Response _, Batch _ -> null;
        };
    }

    private final class Sink implements MessageSink {
        @Override
        public void send(JsonBuffer message) {
            write(message);
        }

        @Override
        public void heartbeat() {} // nobody cuts a silent pipe
    }
}
