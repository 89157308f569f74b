package dev.mxcp.server.mcp.method;

import dev.mxcp.server.mcp.era.StatelessEra;
import dev.mxcp.server.mcp.message.ErrorCode;
import dev.mxcp.server.mcp.message.Refusal;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.server.mcp.session.Changes;
import dev.mxcp.server.mcp.session.OpenRequest;
import dev.mxcp.types.json.JsonBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// `subscriptions/listen`: a stream of changes that ends with its client or with the server
/// (M21.2-M21.8).
public final class SubscriptionsListen implements Method {
    public static final String NAME = "subscriptions/listen";

    private static final Map<String, String> LISTS =
            Map.of(
                    "toolsListChanged", "notifications/tools/list_changed",
                    "promptsListChanged", "notifications/prompts/list_changed",
                    "resourcesListChanged", "notifications/resources/list_changed");
    private static final int MOST_LISTENERS = 2000;
    private static final int MOST_URIS = 1000;

    private final Changes changes;

    public SubscriptionsListen(Changes changes) {
        this.changes = changes;
    }

    /// What a client wants to hear of.
    ///
    /// @param lists members of the request
    private record Wanted(Set<String> lists, Set<String> uris) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RequestId subscription(Exchange exchange) {
        return exchange.request().id();
    }

    @Override
    public void answer(Exchange exchange, JsonBuffer out) {
        Wanted wanted = wanted(exchange.request().params().get("notifications"));
        if (changes.listeners() >= MOST_LISTENERS) {
            throw new Refusal(ErrorCode.INTERNAL, "too many subscriptions, retry later");
        }
        var end = new CountDownLatch(1);
        var stream = new Stream(exchange, wanted, end);
        try (OpenRequest open = exchange.peer().session().begin(exchange.request().id());
                var _ = changes.listen(stream::accept); // before the acknowledgment (M21.7)
                var _ = open.cancellation().onCancel(end::countDown)) {
            stream.acknowledge();
            end.await();
            if (open.cancelledByClient()) {
                throw new Abandoned();
            }
            stream.end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Abandoned();
        }
        out.raw("{}");
    }

    private static Wanted wanted(@Nullable Object notifications) {
        if (!(notifications instanceof Map<?, ?> members)) {
            throw Refusal.malformedParams("\"notifications\" has to be an object");
        }
        var lists = new LinkedHashSet<String>();
        for (String list : LISTS.keySet()) {
            Object flag = members.get(list);
            if (flag != null && !(flag instanceof Boolean)) {
                throw Refusal.malformedParams("\"" + list + "\" has to be true or false");
            }
            if (Boolean.TRUE.equals(flag)) {
                lists.add(list);
            }
        }
        var uris = new LinkedHashSet<String>();
        Object watched = members.get("resourceSubscriptions");
        if (watched instanceof List<?> given && given.size() <= MOST_URIS) {
            for (Object uri : given) {
                if (!(uri instanceof String text)) {
                    throw Refusal.malformedParams("\"resourceSubscriptions\" has to list URIs");
                }
                uris.add(text);
            }
        } else if (watched != null) {
            throw Refusal.malformedParams(
                    "\"resourceSubscriptions\" has to be a list of at most " + MOST_URIS + " URIs");
        }
        return new Wanted(lists, uris);
    }

    /// The messages of one subscription. Changes may come before the acknowledgment has gone out;
    /// they follow it.
    private static final class Stream {
        private final Exchange exchange;
        private final Wanted wanted;
        private final CountDownLatch end;
        private boolean acknowledged; // guarded by this
        private final Set<Changes.Change> early = new LinkedHashSet<>(); // guarded by this

        Stream(Exchange exchange, Wanted wanted, CountDownLatch end) {
            this.exchange = exchange;
            this.wanted = wanted;
            this.end = end;
        }

        synchronized void acknowledge() {
            JsonBuffer message =
                    begun("notifications/subscriptions/acknowledged").raw(",\"notifications\":{");
            String separator = "";
            for (String list : wanted.lists()) {
                message.raw(separator).name(list).value(true);
                separator = ",";
            }
            if (!wanted.uris().isEmpty()) {
                message.raw(separator).name("resourceSubscriptions");
                message.any(List.copyOf(wanted.uris()));
            }
            exchange.peer().sink().send(message.raw("}}}"));
            acknowledged = true;
            early.forEach(this::tell);
            early.clear();
        }

        synchronized void accept(Changes.Change change) {
            if (acknowledged) {
                tell(change);
            } else {
                early.add(change);
            }
        }

        private void tell(Changes.Change change) {
            switch (change) {
                case Changes.ListChanged(String method) -> {
                    if (wanted.lists().stream().map(LISTS::get).anyMatch(method::equals)) {
                        exchange.peer().sink().send(begun(method).raw("}}"));
                    }
                }
                case Changes.ResourceUpdated(String uri) -> {
                    if (wanted.uris().contains(uri)) {
                        JsonBuffer message = begun("notifications/resources/updated");
                        exchange.peer().sink().send(message.raw(",\"uri\":").value(uri).raw("}}"));
                    }
                }
                case Changes.Closing _ -> end.countDown();
            }
        }

        /// M29.1.
        synchronized void end() {
            if (exchange.peer().headers() == null) {
                var message =
                        new JsonBuffer(128)
                                .raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"")
                                .raw(",\"params\":{\"requestId\":");
                exchange.request().id().writeTo(message);
                exchange.peer().sink().send(message.raw("}}"));
            }
        }

        private JsonBuffer begun(String method) {
            var message = new JsonBuffer(256).raw("{\"jsonrpc\":\"2.0\",\"method\":").value(method);
            message.raw(",\"params\":{\"_meta\":{").name(StatelessEra.SUBSCRIPTION);
            exchange.request().id().writeTo(message);
            return message.raw('}');
        }
    }
}
