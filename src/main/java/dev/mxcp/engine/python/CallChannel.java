package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Caller;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call at a time over one channel, in strict turns: the call goes out, the worker asks for
/// statements or tells its client something, and at last the outcome comes.
final class CallChannel implements ChannelPool.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(CallChannel.class);

    private final FrameChannel channel;
    private boolean usable = true;

    CallChannel(FrameChannel channel) {
        this.channel = channel;
    }

    @Override
    public boolean usable() {
        return usable && channel.isOpen();
    }

    @Override
    public void close() {
        channel.close();
    }

    /// Runs a call.
    ///
    /// @throws WorkerGone when the worker never got it
    PythonResult call(
            CallContext context,
            PythonTarget target,
            SequencedMap<String, @Nullable Object> arguments,
            Worker worker)
            throws WorkerGone {
        usable = false;
        var dialogue = worker.dialogue(channel, context);
        try (dialogue;
                var _ = context.cancellation().onCancel(() -> abandon(context, dialogue, worker))) {
            send(context, target, arguments);
            PythonResult result = converse(context, target, dialogue, worker);
            return result;
        } catch (IOException _) {
            channel.close();
            throw failure(context, worker);
        } catch (MarshalReader.Garbled garbled) {
            channel.close();
            LOG.error("a Python worker sent something that is no answer", garbled);
            throw new EndpointFailed("The Python worker sent something that is no answer", garbled);
        } catch (CallCancelled cancelled) {
            channel.close();
            throw context.cancellation().reason() == null ? failure(context, worker) : cancelled;
        } finally {
            worker.over(dialogue);
            // an action of the cancellation may still be about to close the channel
            usable &= context.cancellation().reason() == null;
        }
    }

    private void abandon(CallContext context, DatabaseDialogue dialogue, Worker worker) {
        String reason = context.cancellation().reason();
        dialogue.interrupt(reason == null ? "cancelled" : reason);
        channel.close();
        worker.cancel(context.id());
    }

    private RuntimeException failure(CallContext context, Worker worker) {
        String reason = context.cancellation().reason();
        if (reason != null) {
            return new CallCancelled(reason);
        }
        if (Thread.currentThread().isInterrupted()) {
            worker.cancel(context.id());
            return new CallCancelled("interrupted");
        }
        return new EndpointFailed(worker.lossOfCall(), null); // the slot logs its end
    }

    private void send(
            CallContext context,
            PythonTarget target,
            SequencedMap<String, @Nullable Object> arguments)
            throws WorkerGone, IOException {
        MarshalWriter out = channel.begin().tuple(7).integer(Wire.Answer.CALL);
        identity(out, context, target.label());
        switch (target) {
            case PythonTarget.ToolFunction(var file, var name) ->
                    out.bool(false).text(file.toString()).text(name);
            case PythonTarget.ResourceFunction(var file, var name) ->
                    out.bool(true).text(file.toString()).text(name);
        }
        out.dict();
        arguments.forEach((name, value) -> out.text(name).any(value));
        out.endDict();
        out.bool(out.tagged());
        try {
            channel.send();
        } catch (IOException broken) {
            // half a call runs nothing
            if (context.cancellation().reason() == null
                    && !Thread.currentThread().isInterrupted()) {
                throw new WorkerGone();
            }
            throw broken;
        }
    }

    /// Writes whose call it is, for the worker's `Identity`.
    static void identity(MarshalWriter out, CallContext context, String label) {
        out.tuple(5).text(context.id()).text(label).text(context.transport());
        Caller caller = context.caller();
        if (caller.known()) {
            out.dict();
            out.text("provider").text(caller.provider());
            out.text("user_id").text(caller.userId());
            out.text("username").text(caller.username());
            out.text("email").text(caller.email());
            out.text("name").text(caller.name());
            out.text("avatar_url").text(caller.avatarUrl());
            out.text("raw_profile").any(caller.rawProfile());
            out.text("external_token").text(caller.externalToken());
            out.text("capabilities").texts(caller.capabilities()).endDict();
        } else {
            out.none();
        }
        Map<String, String> headers = context.headers();
        if (headers == null) {
            out.none();
        } else {
            out.dict();
            headers.forEach((name, value) -> out.text(name).text(value));
            out.endDict();
        }
    }

    private PythonResult converse(
            CallContext context, PythonTarget target, DatabaseDialogue dialogue, Worker worker)
            throws IOException {
        var asking = new ClientDialogue(channel, context.client());
        while (true) {
            MarshalReader in = channel.receive();
            in.tuple();
            int turn = in.integer();
            switch (turn) {
                case Wire.Turn.RESULT -> {
                    JsonBuffer json = in.json();
                    String type = in.text();
                    finish(in.longs(), dialogue);
                    give(asking.obstacle());
                    return new PythonResult(json, type);
                }
                case Wire.Turn.ERROR -> {
                    var error = new PythonError(in.text(), in.text(), in.text());
                    finish(in.longs(), dialogue);
                    // what a cancelled function raises is an echo of the cancellation
                    context.cancellation().check();
                    give(asking.obstacle());
                    give(asking.lacking(error.type()));
                    throw failed(context, target, error, worker);
                }
                default -> {
                    if (!told(turn, in, context.client())
                            && !asking.answer(turn, in)
                            && !dialogue.answer(turn, in)) {
                        throw new MarshalReader.Garbled("unknown turn " + turn);
                    }
                }
            }
        }
    }

    private static void give(@Nullable RuntimeException outcome) {
        if (outcome != null) {
            throw outcome;
        }
    }

    /// Passes a message on to the client of the call.
    ///
    /// @return false if it is none for the client
    static boolean told(int turn, MarshalReader in, ClientMessages client) {
        switch (turn) {
            case Wire.Turn.MESSAGE -> {
                String level = in.text();
                String logger = in.optionalText();
                JsonBuffer data = in.json();
                client.log(level, logger, plain(data));
            }
            case Wire.Turn.PROGRESS -> {
                Double progress = in.optionalReal();
                client.progress(
                        progress == null ? 0 : progress, in.optionalReal(), in.optionalText());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void finish(List<Long> kept, DatabaseDialogue dialogue) {
        dialogue.keep(kept);
        usable = true;
    }

    private static @Nullable Object plain(JsonBuffer data) {
        try {
            return Json.parse(data.array(), 0, data.size());
        } catch (Json.Malformed garbled) {
            throw new MarshalReader.Garbled("a message to the client: " + garbled.getMessage());
        }
    }

    private static EndpointFailed failed(
            CallContext context, PythonTarget target, PythonError error, Worker worker) {
        String message = error.getMessage();
        String trace = error.traceback();
        worker.output()
                .log(
                        "ERROR",
                        0,
                        "mxcp.endpoint",
                        target.label()
                                + " failed: "
                                + error.summary()
                                + (trace.isEmpty() ? "" : "\n" + trace),
                        context.id(),
                        target.label());
        return new EndpointFailed(message == null ? "" : message, error);
    }
}
