package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers what a worker asks of one session, for `db.connection` (R3.9): statements whose results
/// stay open, their rows in either form, and questions about a text. For the thread that reads the
/// channel.
final class SessionTurns {
    private final FrameChannel channel;
    private final Sessions sessions;
    private final CallContext context;

    SessionTurns(FrameChannel channel, Sessions sessions, CallContext context) {
        this.channel = channel;
        this.sessions = sessions;
        this.context = context;
    }

    /// Answers one request.
    ///
    /// @return false if it is none of these
    boolean answer(int turn, MarshalReader request, DatabaseDialogue dialogue) throws IOException {
        if (turn < Wire.Turn.OPEN || turn > Wire.Turn.SPLIT) {
            return false;
        }
        int handle = request.integer();
        switch (turn) {
            case Wire.Turn.OPEN -> {
                String sql = request.text();
                Object params = request.any();
                boolean readOnly = request.bool();
                List<Long> dropped = request.longs();
                dialogue.guarded(() -> open(handle, sql, params, readOnly, dropped));
            }
            case Wire.Turn.FETCH -> {
                int result = request.integer();
                int rows = request.integer();
                dialogue.guarded(() -> fetch(handle, result, rows));
            }
            case Wire.Turn.FETCH_ARROW -> {
                int result = request.integer();
                var wish = new ArrowWish(request.bool(), request.bool(), request.bool());
                dialogue.guarded(() -> arrow(handle, result, wish));
            }
            case Wire.Turn.BIND -> {
                String sql = request.text();
                dialogue.guarded(() -> bind(handle, sql));
            }
            case Wire.Turn.TABLE_NAMES -> {
                String sql = request.text();
                boolean qualified = request.bool();
                dialogue.guarded(() ->
                        texts(sessions.in(handle, s -> s.tableNames(context, sql, qualified))));
            }
            default -> {
                String sql = request.text();
                dialogue.guarded(() -> texts(sessions.in(handle, s -> s.split(sql))));
            }
        }
        return true;
    }

    private void open(
            int handle, String sql, @Nullable Object params, boolean readOnly, List<Long> dropped) {
        var reply = new ReplyWriter(channel);
        OpenedRows opened =
                sessions.in(
                        handle,
                        session -> {
                            session.release(dropped);
                            return session.open(context, sql, params, readOnly, reply);
                        });
        reply.finish(opened);
    }

    private void fetch(int handle, int result, long rows) {
        var reply = new ReplyWriter(channel);
        reply.finish(sessions.in(handle, s -> s.fetch(context, result, rows, reply)));
    }

    private void bind(int handle, String sql) {
        var reply = new ReplyWriter(channel);
        boolean query = sessions.in(handle, s -> s.bind(context, sql, reply));
        reply.finish(new OpenedRows(0, query, false));
    }

    private void arrow(int handle, int result, ArrowWish wish) throws IOException {
        ArrowRows rows = sessions.in(handle, s -> s.arrow(context, result, wish));
        MarshalWriter out = channel.begin().tuple(6).integer(Wire.Answer.ARROW).bool(rows.more());
        out.bytes(rows.starts(), 0, (int) rows.starts().byteSize());
        out.bytes(rows.pointers(), 0, (int) rows.pointers().byteSize());
        out.bytes(rows.releases(), 0, (int) rows.releases().byteSize());
        out.integer(rows.memory().byteSize());
        channel.send();
        channel.sendRaw(rows.memory().asByteBuffer());
    }

    private void texts(List<String> texts) throws IOException {
        channel.begin().tuple(2).integer(Wire.Answer.DONE).texts(texts);
        channel.send();
    }
}
