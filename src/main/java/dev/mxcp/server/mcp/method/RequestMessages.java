package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.engine.call.Question;
import dev.mxcp.server.mcp.message.RequestId;
import dev.mxcp.server.mcp.session.Changes;
import dev.mxcp.server.mcp.session.LogLevel;
import dev.mxcp.types.json.JsonBuffer;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Log and progress messages of one running call, on the stream of its request (M18, M19). Progress
/// is limited to ten a second after a burst of ten, the last one is always sent.
final class RequestMessages implements ClientMessages {
    private static final int BURST = 10;
    private static final long NANOS_A_MESSAGE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Exchange exchange;
    private final Asking asking;
    private final Changes changes;
    private final @Nullable RequestId progressToken;
    private boolean ended; // this and all below: guarded by this
    private double lastProgress = Double.NEGATIVE_INFINITY;
    private double tokens = BURST;
    private long refilled = System.nanoTime();
    private @Nullable JsonBuffer heldBack;

    RequestMessages(Exchange exchange, Asking asking, Changes changes) {
        this.exchange = exchange;
        this.asking = asking;
        this.changes = changes;
        this.progressToken =
                RequestId.of(exchange.request().meta().get("progressToken")).orElse(null);
    }

    @Override
    public void log(String level, @Nullable String logger, @Nullable Object data) {
        LogLevel given = LogLevel.of(level).orElse(LogLevel.INFO);
        LogLevel least = exchange.logLevel();
        if (least == null || given.compareTo(least) < 0) {
            return;
        }
        var message = notification("notifications/message");
        message.name("level").value(given.word());
        if (logger != null) {
            message.raw(',').name("logger").value(logger);
        }
        message.raw(',').name("data").any(data).raw("}}");
        synchronized (this) {
            if (!ended) {
                sendHeldBack(); // keeps the order
                exchange.peer().sink().send(message);
            }
        }
    }

    @Override
    public void progress(double progress, @Nullable Double total, @Nullable String text) {
        if (progressToken == null || !Double.isFinite(progress)) {
            return;
        }
        JsonBuffer message = progressMessage(progressToken, progress, total, text);
        synchronized (this) {
            if (ended || progress <= lastProgress) {
                return; // it has to grow with every message
            }
            lastProgress = progress;
            if (mayGo()) {
                heldBack = null;
                exchange.peer().sink().send(message);
            } else {
                heldBack = message;
            }
        }
    }

    @Override
    public Map<String, @Nullable Object> ask(
            SequencedMap<String, Question> questions, @Nullable Object state) {
        return asking.ask(questions, state);
    }

    @Override
    public @Nullable Object state() {
        return asking.state();
    }

    @Override
    public Map<String, @Nullable Object> capabilities() {
        return exchange.capabilities().declared();
    }

    @Override
    public void resourceUpdated(String uri) {
        changes.publish(new Changes.ResourceUpdated(uri));
    }

    /// The call has ended: the last progress goes out, nothing after it.
    synchronized void end() {
        if (!ended) {
            sendHeldBack();
            ended = true;
        }
    }

    private void sendHeldBack() {
        if (heldBack != null) {
            exchange.peer().sink().send(heldBack);
            heldBack = null;
        }
    }

    private boolean mayGo() {
        long now = System.nanoTime();
        tokens = Math.min(BURST, tokens + (double) (now - refilled) / NANOS_A_MESSAGE);
        refilled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private JsonBuffer progressMessage(
            RequestId token, double progress, @Nullable Double total, @Nullable String text) {
        var message = notification("notifications/progress");
        message.name("progressToken");
        token.writeTo(message);
        number(message.raw(',').name("progress"), progress);
        if (total != null && Double.isFinite(total)) {
            number(message.raw(',').name("total"), total);
        }
        if (text != null && exchange.era().progressTexts()) {
            message.raw(',').name("message").value(text);
        }
        return message.raw("}}");
    }

    private static JsonBuffer notification(String method) {
        return new JsonBuffer(256)
                .raw("{\"jsonrpc\":\"2.0\",\"method\":\"")
                .raw(method)
                .raw("\",\"params\":{");
    }

    private static void number(JsonBuffer out, double value) {
        long whole = (long) value;
        if (whole == value) {
            out.value(whole);
        } else {
            out.value(value);
        }
    }
}
