package dev.mxcp.server.mcp.transport;

import dev.mxcp.engine.call.Caller;
import dev.mxcp.server.mcp.Dispatcher;
import dev.mxcp.server.mcp.era.Eras;
import dev.mxcp.server.mcp.era.Revision;
import dev.mxcp.server.mcp.era.StatelessEra;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Incoming;
import dev.mxcp.server.mcp.message.Notification;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.server.mcp.method.Peer;
import dev.mxcp.server.mcp.method.SubscriptionsListen;
import dev.mxcp.server.mcp.session.Session;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Posts of the stateless era (M8). Every request stands for itself; who leaves its stream cancels
/// it. Thread-safe.
final class StatelessHttp {
    private final Dispatcher dispatcher;
    private final StatelessEra era;

    StatelessHttp(Dispatcher dispatcher, StatelessEra era) {
        this.dispatcher = dispatcher;
        this.era = era;
    }

    /// Answers one post.
    ///
    /// @param version the header that names the revision
    void post(
            Incoming incoming,
            @Nullable String version,
            Caller caller,
            ServerRequest request,
            ServerResponse response,
            Accepted accepted) {
        switch (incoming) {
            case Request message -> answer(message, caller, request, response, accepted);
            // cancellation over HTTP is the end of the stream: ids can be guessed (M8.4)
            case Notification message -> {
                requireServed(message, version);
                PostReply.accepted(response);
            }
            default ->
                    throw new Rejected(
                            400,
                            null,
                            new Refusal(
                                    ErrorCode.INVALID_REQUEST,
                                    "Invalid request: only requests can be posted here"));
        }
    }

    private void answer(
            Request message,
            Caller caller,
            ServerRequest request,
            ServerResponse response,
            Accepted accepted) {
        if (message.method().equals(SubscriptionsListen.NAME) && !accepted.eventStream()) {
            throw new Rejected(
                    406,
                    message.id(),
                    new Refusal(
                            ErrorCode.INVALID_REQUEST,
                            "Invalid request: the client has to accept text/event-stream"));
        }
        var alone = new Session("", Revision.NEWEST, caller, Instant.EPOCH);
        var reply = new PostReply(response, accepted);
        reply.onLeaving(() -> alone.cancel(message.id(), "the client left the stream"));
        var peer =
                new Peer(
                        alone,
                        era,
                        caller,
                        StreamableHttp.TRANSPORT,
                        new RequestHeaders(request.headers()),
                        new HeaderMirror(request.headers()),
                        reply,
                        false);
        Optional<Dispatcher.Answer> answer = dispatcher.answer(message, peer);
        reply.finish(
                answer.map(Dispatcher.Answer::json),
                answer.map(Dispatcher.Answer::httpStatus).orElse(202));
    }

    private static void requireServed(Notification message, @Nullable String version) {
        String named = version == null ? StatelessEra.REVISION : version;
        if (message.params().get("_meta") instanceof Map<?, ?> meta
                && meta.get(Eras.VERSION) instanceof String claimed) {
            named = claimed;
        }
        try {
            Eras.requireServed(named);
        } catch (Refusal unserved) {
            throw new Rejected(400, null, unserved);
        }
    }
}
