package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.ClientMessages;
import dev.mxcp.problem.MxcpException.CallCancelled;
import dev.mxcp.problem.MxcpException.EndpointFailed;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One batch of rows at a time over one channel, in strict turns: the arguments go out, the
/// function asks for statements or tells the call's client something, and at last the results come.
final class FunctionChannel implements ChannelPool.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionChannel.class);
    private static final String RAISED = "Python exception occurred while executing the UDF: ";

    private static final int LONGEST = 4000;

    private final FrameChannel channel;
    private boolean usable = true;

    FunctionChannel(FrameChannel channel) {
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

    /// Runs a batch.
    ///
    /// @throws WorkerGone when the worker never got it
    void call(
            CallContext call,
            PythonFunction function,
            int rows,
            FunctionColumns columns,
            Worker worker)
            throws WorkerGone {
        usable = false;
        var dialogue = worker.dialogue(channel, call);
        try (dialogue;
                var _ = call.cancellation().onCancel(() -> abandon(call, dialogue, worker))) {
            send(call, function, rows, columns);
            converse(call, function, rows, columns, dialogue, worker);
        } catch (IOException _) {
            channel.close();
            throw failure(call, worker);
        } catch (MarshalReader.Garbled garbled) {
            channel.close();
            LOG.error("a Python worker sent something that is no result", garbled);
            throw new EndpointFailed("The Python worker sent something that is no result", garbled);
        } catch (CallCancelled cancelled) {
            channel.close();
            throw call.cancellation().reason() == null ? failure(call, worker) : cancelled;
        } finally {
            worker.over(dialogue);
            // an action of the cancellation may still be about to close the channel
            usable &= call.cancellation().reason() == null;
        }
    }

    private void abandon(CallContext call, DatabaseDialogue dialogue, Worker worker) {
        String reason = call.cancellation().reason();
        dialogue.interrupt(reason == null ? "cancelled" : reason);
        channel.close();
        worker.cancel(call.id());
    }

    private static RuntimeException failure(CallContext call, Worker worker) {
        String reason = call.cancellation().reason();
        return reason != null
                ? new CallCancelled(reason)
                : new EndpointFailed(worker.lossOfCall(), null);
    }

    private void send(CallContext call, PythonFunction function, int rows, FunctionColumns columns)
            throws WorkerGone, IOException {
        MarshalWriter out = channel.begin().tuple(7).integer(Wire.Answer.FUNCTION_CALL);
        CallChannel.identity(out, call, function.name());
        out.text(function.name()).texts(function.parameters()).text(function.returns());
        out.integer(rows).list(function.parameters().size());
        columns.write(new FunctionArguments(out, rows));
        try {
            channel.send();
        } catch (IOException broken) {
            if (call.cancellation().reason() == null) {
                throw new WorkerGone(); // half a batch runs nothing
            }
            throw broken;
        }
    }

    private void converse(
            CallContext call,
            PythonFunction function,
            int rows,
            FunctionColumns columns,
            DatabaseDialogue dialogue,
            Worker worker)
            throws IOException {
        // the statement cannot be run anew, so nothing is asked while it runs
        var asking = new ClientDialogue(channel, ClientMessages.NONE);
        while (true) {
            MarshalReader in = channel.receive();
            in.tuple();
            int turn = in.integer();
            switch (turn) {
                case Wire.Turn.FUNCTION_RESULT -> {
                    read(in, function, rows, columns);
                    dialogue.keep(in.longs());
                    usable = true;
                    return;
                }
                case Wire.Turn.FUNCTION_ERROR -> {
                    var error = new PythonError(in.text(), in.text(), in.text());
                    dialogue.keep(in.longs());
                    usable = true;
                    // what a cancelled function raises is an echo of the cancellation
                    call.cancellation().check();
                    throw failed(call, function, error, worker);
                }
                default -> {
                    if (!CallChannel.told(turn, in, call.client())
                            && !asking.answer(turn, in)
                            && !dialogue.answer(turn, in)) {
                        throw new MarshalReader.Garbled("unknown turn " + turn);
                    }
                }
            }
        }
    }

    private static void read(
            MarshalReader in, PythonFunction function, int rows, FunctionColumns columns) {
        try {
            FunctionResults results = FunctionResults.begin(in, rows);
            columns.read(results);
            results.end();
        } catch (EndpointFailed unfit) {
            throw new EndpointFailed(unfit.getMessage() + function.mention(), unfit);
        }
    }

    private static EndpointFailed failed(
            CallContext call, PythonFunction function, PythonError error, Worker worker) {
        if (error.type().isEmpty()) {
            return new EndpointFailed(error.getMessage() + function.mention(), error);
        }
        String summary = error.summary();
        int inner = summary.lastIndexOf(RAISED);
        if (inner >= 0 && error.type().endsWith("InvalidInputException")) {
            // a function that it called itself has said it
            String said = summary.substring(inner);
            return new EndpointFailed(
                    said.length() > LONGEST ? said : said + function.mention(), error);
        }
        tell(call, function, error, worker);
        return new EndpointFailed(RAISED + summary + function.mention(), error);
    }

    private static void tell(
            CallContext call, PythonFunction function, PythonError error, Worker worker) {
        String trace = error.traceback().isEmpty() ? "" : "\n" + error.traceback();
        String what = "SQL function " + function.name() + " failed: " + error.summary() + trace;
        worker.output().log("ERROR", 0, "mxcp.function", what, call.id(), function.name());
    }
}
