package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.call.Cancellation;
import dev.mxcp.problem.MxcpException;
import dev.mxcp.problem.MxcpException.CallCancelled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what the code of one call, hook or import asks of the database, over the channel it
/// uses. For the thread that reads the channel; [#interrupt] may come from any.
final class DatabaseDialogue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseDialogue.class);

    private final FrameChannel channel;
    private final DatabaseRequests requests;
    private final Sessions sessions;
    private final CallContext context;
    private final Cancellation statements = new Cancellation();
    private final Set<Integer> opened = new HashSet<>();
    private @Nullable CallDatabase database;

    DatabaseDialogue(
            FrameChannel channel,
            CallContext context,
            DatabaseRequests requests,
            Sessions sessions) {
        this.channel = channel;
        this.requests = requests;
        this.sessions = sessions;
        // statements end with the call, and also with the worker
        this.context =
                new CallContext(
                        context.id(),
                        context.caller(),
                        context.transport(),
                        context.headers(),
                        statements,
                        context.client(),
                        context.session());
    }

    /// The call whose code asks.
    String call() {
        return context.id();
    }

    /// Interrupts the running statement and refuses later ones.
    void interrupt(String reason) {
        statements.cancel(reason);
    }

    /// Answers one request.
    ///
    /// @return false if it is none for the database
    boolean answer(int turn, MarshalReader request) throws IOException {
        switch (turn) {
            case Wire.Turn.EXECUTE -> {
                int handle = request.integer();
                String sql = request.text();
                execute(handle, sql, request.any());
            }
            case Wire.Turn.CONNECT -> {
                boolean another = request.bool();
                guarded(() -> connect(another));
            }
            case Wire.Turn.CLOSE -> {
                int handle = request.integer();
                guarded(() -> disconnect(handle));
            }
            case Wire.Turn.KEEP -> keep(request.longs());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void execute(int handle, String sql, @Nullable Object params) throws IOException {
        guarded(() -> {
            var reply = new ReplyWriter(channel);
            if (handle == 0) {
                database().execute(sql, params, reply);
            } else {
                sessions.execute(handle, context, sql, params, reply);
            }
            reply.finish();
        });
    }

    private void connect(boolean another) throws IOException {
        int handle = sessions.add(database().connect(another));
        opened.add(handle);
        channel.begin().tuple(2).integer(Wire.Answer.HANDLE).integer(handle);
        channel.send();
    }

    private void disconnect(int handle) throws IOException {
        opened.remove(handle);
        sessions.close(handle);
        channel.begin().tuple(2).integer(Wire.Answer.DONE).none();
        channel.send();
    }

    private CallDatabase database() {
        if (database == null) {
            database = requests.open(context);
        }
        return database;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void guarded(Work work) throws IOException {
        try {
            statements.check();
            work.run();
        } catch (DatabaseFailure failure) {
            fail(failure.kind(), failure.getMessage());
        } catch (CallCancelled cancelled) {
            throw cancelled;
        } catch (MxcpException.Unavailable busy) {
            fail("Connection", busy.getMessage());
        } catch (MxcpException failure) {
            fail("Invalid Input", failure.getMessage());
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        } catch (RuntimeException bug) {
            LOG.error(
                    "a statement of Python code failed in the server; call {}", context.id(), bug);
            fail("Internal", "INTERNAL Error: internal error in the server, call " + context.id());
        }
    }

    private void fail(String kind, @Nullable String text) throws IOException {
        channel.begin()
                .tuple(3)
                .integer(Wire.Answer.FAILED)
                .text(kind)
                .text(text == null ? "" : text);
        channel.send();
    }

    /// Connections that user code stored outlive the call.
    void keep(List<Long> handles) {
        handles.forEach(handle -> opened.remove(handle.intValue()));
    }

    @Override
    public void close() {
        opened.forEach(sessions::close);
        if (database != null) {
            database.close();
        }
    }
}
