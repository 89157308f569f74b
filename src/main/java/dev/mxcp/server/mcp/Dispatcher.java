package dev.mxcp.server.mcp;

import dev.mxcp.engine.call.InputRequired;
import dev.mxcp.server.mcp.message.Batch;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Incoming;
import dev.mxcp.server.mcp.message.Notification;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.Request;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.server.mcp.message.Response;
import dev.mxcp.server.mcp.message.Unreadable;
import dev.mxcp.server.mcp.method.Abandoned;
import dev.mxcp.server.mcp.method.Exchange;
import dev.mxcp.server.mcp.method.Initialize;
import dev.mxcp.server.mcp.method.Method;
import dev.mxcp.server.mcp.method.Peer;
import dev.mxcp.server.mcp.method.Rounds;
import dev.mxcp.server.mcp.session.Session;
import dev.mxcp.types.json.JsonBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.MDC;

/// Answers messages, whatever transport and revision they came by. Thread-safe; a request is
/// answered on the thread that asks.
public final class Dispatcher {
    private static final int LARGEST_BATCH = 100;

    private final Map<String, Method> methods;
    private final ErrorReplies errors = new ErrorReplies();
    private final CallIds ids = new CallIds();
    private final Rounds rounds;

    /// @param rounds of calls that ask their client
    public Dispatcher(List<Method> methods, Rounds rounds) {
        this.rounds = rounds;
        this.methods =
                methods.stream()
                        .collect(Collectors.toUnmodifiableMap(Method::name, Function.identity()));
    }

    /// The answer of a request.
    ///
    /// @param json one whole message
    /// @param httpStatus the status that goes with it
    public record Answer(JsonBuffer json, int httpStatus) {}

    /// Whether there is such a method at all.
    public boolean knows(String method) {
        return methods.containsKey(method);
    }

    /// Answers a request; empty when its client cancelled it. Does not fail.
    public Optional<Answer> answer(Request request, Peer peer) {
        var exchange = new Exchange(ids.next(), request, peer);
        var out = new JsonBuffer(1024);
        MDC.put("call", exchange.callId());
        try {
            if (exchange.era().stateless()) {
                Admission.check(exchange);
            }
            Method method = method(exchange);
            exchange.era().openResult(request.id(), out);
            method.answer(exchange, out);
            exchange.era().closeResult(method.subscription(exchange), out);
            return Optional.of(new Answer(out, 200));
        } catch (Abandoned _) {
            return Optional.empty();
        } catch (InputRequired asked) {
            out.clear();
            rounds.write(exchange, asked, out);
            return Optional.of(new Answer(out, 200));
        } catch (RuntimeException | Error failure) {
            out.clear();
            int status = errors.write(exchange, failure, out);
            return Optional.of(new Answer(out, status));
        } finally {
            MDC.remove("call");
            MDC.remove("endpoint");
        }
    }

    private Method method(Exchange exchange) {
        String name = exchange.request().method();
        Method method = exchange.era().has(name) ? methods.get(name) : null;
        if (method == null) {
            throw new Refusal(ErrorCode.METHOD_NOT_FOUND, "Method not found: " + name);
        }
        if (exchange.era().stateless()) {
            Admission.checkMeta(exchange);
        }
        return method;
    }

    /// Takes a notification: only cancellation means something yet, all others are ignored.
    public void accept(Notification notification, Session session) {
        if (notification.method().equals("notifications/cancelled")) {
            RequestId.of(notification.params().get("requestId"))
                    .ifPresent(request -> {
                        Object reason = notification.params().get("reason");
                        session.cancel(
                                request,
                                reason instanceof String text
                                        ? "cancelled by the client: " + text
                                        : "cancelled by the client");
                    });
        }
    }

    /// Answers several messages side by side (M7.20): an array of the answers in the order of the
    /// requests, or nothing when there is nothing to answer.
    ///
    /// @throws Refusal when the batch as a whole is not acceptable
    public Optional<JsonBuffer> answer(Batch batch, Peer peer) {
        if (!peer.session().era().batches()) {
            throw invalid("this revision knows no batches");
        }
        if (batch.messages().size() > LARGEST_BATCH) {
            throw invalid("a batch holds at most " + LARGEST_BATCH + " messages");
        }
        if (batch.messages().stream().anyMatch(Dispatcher::initializes)) {
            throw invalid("initialize cannot be in a batch");
        }
        var answers = new ArrayList<Future<Optional<JsonBuffer>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Incoming message : batch.messages()) {
                answers.add(threads.submit(() -> one(message, peer)));
            }
        } // waits for all
        return joined(answers.stream().map(Dispatcher::done).flatMap(Optional::stream).toList());
    }

    private Optional<JsonBuffer> one(Incoming message, Peer peer) {
        return switch (message) {
            case Request request -> answer(request, peer).map(Answer::json);
            case Notification notification -> {
                accept(notification, peer.session());
                yield Optional.empty();
            }
            case Unreadable bad ->
                    Optional.of(
                            ErrorReplies.error(bad.id(), new Refusal(bad.code(), bad.message())));
            case Response response -> {
                peer.session().questions().take(response);
                yield Optional.empty();
            }
            case Batch _ -> Optional.empty();
        };
    }

    private static Optional<JsonBuffer> joined(List<JsonBuffer> answers) {
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        var out = new JsonBuffer(4096);
        char lead = '[';
        for (JsonBuffer answer : answers) {
            out.raw(lead).raw(answer);
            lead = ',';
        }
        return Optional.of(out.raw(']'));
    }

    private static Optional<JsonBuffer> done(Future<Optional<JsonBuffer>> answer) {
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("answering does not fail", failed.getCause());
        }
    }

    private static boolean initializes(Incoming message) {
        return message instanceof Request request && request.method().equals(Initialize.NAME);
    }

    private static Refusal invalid(String why) {
        return new Refusal(ErrorCode.INVALID_REQUEST, "Invalid request: " + why);
    }
}
