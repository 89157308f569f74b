package dev.mxcp.server.mcp.transport;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.server.http.BodyReader;
import dev.mxcp.server.http.HostPolicy;
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
import dev.mxcp.server.mcp.method.Peer;
import dev.mxcp.server.mcp.session.Changes;
import dev.mxcp.server.mcp.session.Session;
import dev.mxcp.server.mcp.session.Sessions;
import dev.mxcp.server.mcp.session.StandAloneStream;
import dev.mxcp.types.json.JsonBuffer;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Streamable HTTP transport (M6, M7): one path for POST, GET and DELETE. Thread-safe; every
/// request is answered on its own virtual thread.
public final class StreamableHttp implements Handler {
    static final HeaderName SESSION_ID = HeaderNames.create("Mcp-Session-Id");
    static final HeaderName PROTOCOL_VERSION = HeaderNames.create("MCP-Protocol-Version");
    static final String TRANSPORT = "streamable-http";

    private final Dispatcher dispatcher;
    private final StatelessHttp stateless;
    private final @Nullable Sessions sessions;
    private final HostPolicy hosts;
    private final BodyReader bodies;
    private volatile boolean closing;

    /// @param era of requests that need no session
    /// @param sessions null to serve without sessions (M7.18)
    public StreamableHttp(
            Dispatcher dispatcher,
            StatelessEra era,
            @Nullable Sessions sessions,
            HostPolicy hosts,
            BodyReader bodies) {
        this.dispatcher = dispatcher;
        this.stateless = new StatelessHttp(dispatcher, era);
        this.sessions = sessions;
        this.hosts = hosts;
        this.bodies = bodies;
    }

    /// Ends stand-alone streams; requests are still answered.
    public void close() {
        closing = true;
        if (sessions != null) {
            sessions.pokeStreams();
        }
    }

    /// Tells every client that a change concerns and that has a stream for it (M21.1, M15.11).
    public void tell(Changes.Change change) {
        if (sessions != null) {
            switch (change) {
                case Changes.ListChanged(String method) -> sessions.offer(Notification.of(method));
                case Changes.ResourceUpdated(String uri) ->
                        sessions.offerToWatchers(uri, Notification.ofResource(uri));
                case Changes.Closing _ -> {}
            }
        }
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        try {
            String origin = header(request, HeaderNames.ORIGIN);
            String host = header(request, HeaderNames.HOST);
            if ((host != null && !hosts.allowsHost(host))
                    || (origin != null && !hosts.allowsOrigin(origin))) {
                throw new Rejected(403, "this host or origin is not allowed here");
            }
            switch (request.prologue().method().text()) {
                case "POST" -> post(request, response);
                case "GET" -> get(request, response);
                case "DELETE" -> delete(request, response);
                default -> throw new Rejected(405, "method not allowed");
            }
        } catch (Rejected rejected) {
            if (rejected.status() == 405) {
                response.header(HeaderNames.ALLOW, allowed(request));
            }
            reject(response, rejected);
        }
        if (closes(request, response)) {
            // Helidon 4.5 answers "Connection: close" and then waits for the client to do it
            if (response instanceof RoutingResponse whole) {
                whole.commit();
            }
            throw new CloseConnectionException("as agreed");
        }
    }

    private void post(ServerRequest request, ServerResponse response) throws IOException {
        String type = header(request, HeaderNames.CONTENT_TYPE);
        if (type == null || !isJson(type)) {
            throw new Rejected(415, "the content type has to be application/json");
        }
        Accepted accepted = Accepted.of(header(request, HeaderNames.ACCEPT));
        if (!accepted.json() && !accepted.eventStream()) {
            throw new Rejected(
                    406, "the client has to accept application/json and text/event-stream");
        }
        byte[] body = body(request);
        Incoming incoming = MessageReader.read(body, 0, body.length);
        if (isStateless(incoming, request)) {
            String version = header(request, PROTOCOL_VERSION);
            stateless.post(incoming, version, caller(), request, response, accepted);
            return;
        }
        var reply = new PostReply(response, accepted);
        switch (incoming) {
            case Request message when message.method().equals(Initialize.NAME) ->
                    initialize(message, request, response, reply);
            case Request message -> {
                Session session = session(request, message.id());
                Optional<Dispatcher.Answer> answer =
                        dispatcher.answer(message, peer(session, request, reply));
                reply.finish(
                        answer.map(Dispatcher.Answer::json),
                        answer.map(Dispatcher.Answer::httpStatus).orElse(202));
                release(session);
            }
            case Notification message -> {
                dispatcher.accept(message, session(request, null));
                PostReply.accepted(response);
            }
            case Response message -> {
                session(request, null).questions().take(message);
                PostReply.accepted(response);
            }
            case Batch batch -> batch(batch, request, reply);
            case Unreadable bad ->
                    throw new Rejected(400, bad.id(), new Refusal(bad.code(), bad.message()));
        }
    }

    private static boolean isStateless(Incoming incoming, ServerRequest request) {
        try {
            return Eras.stateless(incoming, header(request, PROTOCOL_VERSION));
        } catch (Refusal refusal) {
            throw new Rejected(400, null, refusal);
        }
    }

    private void initialize(
            Request message, ServerRequest request, ServerResponse response, PostReply reply) {
        Caller caller = caller();
        String given = header(request, SESSION_ID);
        if (sessions != null && given != null && sessions.find(given, caller).isPresent()) {
            throw new Rejected(
                    400,
                    message.id(),
                    new Refusal(
                            ErrorCode.INVALID_REQUEST,
                            "Invalid request: this session is initialized already"));
        }
        Revision revision;
        try {
            revision = Initialize.negotiated(message);
        } catch (Refusal refusal) {
            reply.finish(Optional.of(ErrorReplies.error(message.id(), refusal)), 200);
            return;
        }
        Session session;
        if (sessions == null) {
            session = new Session("", revision, caller, Instant.EPOCH);
        } else {
            session =
                    sessions.open(revision, caller)
                            .orElseThrow(() ->
                                    new Rejected(
                                            503,
                                            message.id(),
                                            new Refusal(
                                                    ErrorCode.INTERNAL,
                                                    "too many sessions, retry later")));
            response.header(SESSION_ID, session.id());
        }
        Optional<Dispatcher.Answer> answer =
                dispatcher.answer(message, peer(session, request, reply));
        reply.finish(answer.map(Dispatcher.Answer::json), 200);
    }

    private void batch(Batch batch, ServerRequest request, PostReply reply) {
        Session session = session(request, null);
        Optional<JsonBuffer> answers;
        try {
            answers = dispatcher.answer(batch, peer(session, request, reply));
        } catch (Refusal refusal) {
            throw new Rejected(400, null, refusal);
        }
        reply.finish(answers, answers.isPresent() ? 200 : 202);
        release(session);
    }

    private void get(ServerRequest request, ServerResponse response) {
        requireLegacyHeader(request);
        if (sessions == null) {
            throw new Rejected(405, "there are no sessions here");
        }
        if (!Accepted.of(header(request, HeaderNames.ACCEPT)).eventStream()) {
            throw new Rejected(406, "the client has to accept text/event-stream");
        }
        Session session = session(request, null);
        var stream = new OwnStream(session);
        if (!session.openStream(stream)) {
            throw new Rejected(409, "this session has a stream already");
        }
        try {
            stream.poke();
            stream.events.writeTo(response);
        } finally {
            session.closeStream(stream);
            release(session);
        }
    }

    /// The stand-alone stream of one session.
    private final class OwnStream implements StandAloneStream {
        private final Session session;
        private final SseStream events = new SseStream(null);

        OwnStream(Session session) {
            this.session = session;
        }

        @Override
        public void poke() {
            if (closing || session.ended()) {
                events.finish(null);
            } else {
                events.poke();
            }
        }

        @Override
        public void offer(JsonBuffer message) {
            events.offer(message);
        }
    }

    private void delete(ServerRequest request, ServerResponse response) {
        requireLegacyHeader(request);
        if (sessions == null) {
            throw new Rejected(405, "there are no sessions here");
        }
        sessions.end(session(request, null));
        response.status(Status.NO_CONTENT_204).send();
    }

    private Session session(ServerRequest request, @Nullable RequestId id) {
        if (sessions == null) {
            String version = header(request, PROTOCOL_VERSION);
            Revision revision =
                    version == null
                            ? Revision.ASSUMED
                            : Revision.of(version).orElse(Revision.ASSUMED);
            return new Session("", revision, caller(), Instant.EPOCH);
        }
        String given = header(request, SESSION_ID);
        if (given == null) {
            throw new Rejected(
                    400,
                    id,
                    new Refusal(
                            ErrorCode.INVALID_REQUEST,
                            "Invalid request: the header Mcp-Session-Id is missing"));
        }
        return sessions.find(given, caller())
                .orElseThrow(() ->
                        new Rejected(
                                404,
                                id,
                                new Refusal(ErrorCode.INVALID_REQUEST, "Session not found")));
    }

    private void release(Session session) {
        if (sessions != null) {
            sessions.touch(session);
        }
    }

    private Peer peer(Session session, ServerRequest request, MessageSink sink) {
        return Peer.of(
                session,
                caller(),
                TRANSPORT,
                new RequestHeaders(request.headers()),
                sink,
                sessions != null);
    }

    /// Nobody is asked who they are yet: the seam for the room `server.auth`.
    private static Caller caller() {
        return Caller.ANONYMOUS;
    }

    private byte[] body(ServerRequest request) throws IOException {
        byte[] body;
        try (InputStream in = request.content().inputStream()) {
            body = bodies.read(in);
        } catch (RequestException refused) {
            if (refused.status().code() != 413) {
                throw refused;
            }
            body = null; // in chunks, so it could not be seen before
        }
        if (body == null) {
            throw new Rejected(413, "the body is too large");
        }
        return body;
    }

    private void requireLegacyHeader(ServerRequest request) {
        if (!Eras.legacyHeader(header(request, PROTOCOL_VERSION))) {
            throw new Rejected(405, "only POST in this revision");
        }
    }

    private String allowed(ServerRequest request) {
        return sessions == null || !Eras.legacyHeader(header(request, PROTOCOL_VERSION))
                ? "POST"
                : "GET, POST, DELETE";
    }

    private static void reject(ServerResponse response, Rejected rejected) {
        if (rejected.status() == 413) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        PostReply.json(
                response, ErrorReplies.error(rejected.id(), rejected.refusal()), rejected.status());
    }

    private static boolean closes(ServerRequest request, ServerResponse response) {
        return request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    private static boolean isJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static @Nullable String header(ServerRequest request, HeaderName name) {
        return request.headers().contains(name) ? request.headers().get(name).get().strip() : null;
    }
}
