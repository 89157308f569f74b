package dev.mxcp.engine;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.duckdb.ArrowBatch;
import dev.mxcp.engine.duckdb.BoundStatement;
import dev.mxcp.engine.duckdb.DuckDb;
import dev.mxcp.engine.duckdb.DuckDbException;
import dev.mxcp.engine.duckdb.OpenResult;
import dev.mxcp.engine.duckdb.Session;
import dev.mxcp.engine.duckdb.SqlText;
import dev.mxcp.engine.python.ArrowRows;
import dev.mxcp.engine.python.ArrowWish;
import dev.mxcp.engine.python.DatabaseFailure;
import dev.mxcp.engine.python.DatabaseSession;
import dev.mxcp.engine.python.OpenedRows;
import dev.mxcp.engine.python.ReplyWriter;
import dev.mxcp.problem.MxcpException.CallCancelled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A session that user code holds, with the results it has not read to their ends (R3.9). Used by
/// one thread at a time, but for [#interrupt()].
final class PythonSession implements DatabaseSession {
    /// What one answer carries at most, roughly: all that the server holds of a result.
    private static final int ROWS_BYTES = 1 << 20;

    private static final int ARROW_BYTES = 4 << 20;

    private final DuckDb duckdb;
    private final CallWatch watch;
    private final Session session;
    private final Map<Integer, OpenResult> results = new HashMap<>();
    private @Nullable FutureTask<ArrowBatch> ahead;
    private int lastResult;
    private boolean closed;

    PythonSession(DuckDb duckdb, CallWatch watch, Session session) {
        this.duckdb = duckdb;
        this.watch = watch;
        this.session = session;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void execute(CallContext call, String sql, @Nullable Object params, ReplyWriter reply) {
        watch.sql(
                sql,
                duckdb.readOnly(),
                () -> {
                    run(call, sql, params, reply);
                    return reply;
                });
    }

    /// As [#execute], for who has told telemetry.
    void run(CallContext call, String sql, @Nullable Object params, ReplyWriter reply) {
        PythonDatabase.send(session, call, sql, params, reply);
    }

    @Override
    public OpenedRows open(
            CallContext call,
            String sql,
            @Nullable Object params,
            boolean readOnly,
            ReplyWriter reply) {
        ahead = null; // another statement ends the result that it belongs to
        int number = ++lastResult;
        Function<OpenResult, OpenedRows> first =
                result -> {
                    // one chunk: nobody knows yet in which form the rows will be wanted
                    result.rows(1, () -> true, new WorkerRows(reply));
                    results.put(number, result);
                    return opened(number, result);
                };
        return watch.sql(
                sql,
                duckdb.readOnly(),
                () ->
                        guarded(() ->
                                session.open(
                                        call,
                                        sql,
                                        PythonDatabase.parameters(params),
                                        readOnly,
                                        first)));
    }

    @Override
    public OpenedRows fetch(CallContext call, int number, long rows, ReplyWriter reply) {
        OpenResult result = result(number);
        return guarded(() ->
                session.resume(
                        call,
                        result,
                        open -> {
                            open.rows(
                                    rows,
                                    () -> reply.pending() > ROWS_BYTES,
                                    new WorkerRows(reply));
                            return opened(number, open);
                        }));
    }

    @Override
    public ArrowRows arrow(CallContext call, int number, ArrowWish wish) {
        OpenResult result = result(number);
        FutureTask<ArrowBatch> ahead = this.ahead;
        this.ahead = null;
        ArrowBatch batch =
                ahead == null
                        ? guarded(() -> batch(call, result, wish))
                        : guarded(() -> outcome(ahead));
        if (batch.more()) {
            // made while this one is on its way
            var next =
                    new FutureTask<>(() ->
                            batch(call, result, new ArrowWish(wish.lossless(), false, false)));
            this.ahead = next;
            Thread.ofVirtual().name("mxcp-rows-ahead").start(next);
        }
        return new ArrowRows(
                batch.memory(), batch.starts(), batch.pointers(), batch.releases(), batch.more());
    }

    private ArrowBatch batch(CallContext call, OpenResult result, ArrowWish wish) {
        return session.arrow(
                call, result, wish.lossless(), wish.schema(), wish.again(), ARROW_BYTES);
    }

    private static ArrowBatch outcome(FutureTask<ArrowBatch> task) {
        try {
            return task.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CallCancelled("interrupted");
        }
    }

    @Override
    public void release(List<Long> numbers) {
        for (long number : numbers) {
            OpenResult result = results.remove((int) number);
            if (result != null) {
                session.release(result);
            }
        }
    }

    @Override
    public boolean bind(CallContext call, String sql, ReplyWriter reply) {
        BoundStatement bound = guarded(() -> session.bind(call, sql));
        reply.columns(bound.columns().stream().map(WorkerRows::described).toList());
        return bound.query();
    }

    @Override
    public List<String> tableNames(CallContext call, String sql, boolean qualified) {
        return guarded(() -> session.tableNames(call, sql, qualified));
    }

    @Override
    public List<String> split(String sql) {
        return SqlText.of(sql).statements().stream()
                .map(statement -> sql.substring(statement.start(), statement.end()))
                .toList();
    }

    @Override
    public void interrupt() {
        session.interrupt();
    }

    @Override
    public void close() {
        closed = true;
        results.values().forEach(session::release);
        results.clear();
        session.close();
    }

    private static OpenedRows opened(int number, OpenResult result) {
        return new OpenedRows(number, !result.finished(), result.counts());
    }

    private OpenResult result(int number) {
        OpenResult result = results.get(number);
        if (result == null) {
            String text = "Invalid Input Error: No open result set";
            throw new DatabaseFailure("Invalid Input", text, new IllegalStateException(text));
        }
        return result;
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (DuckDbException failure) {
            throw PythonDatabase.failed(failure);
        }
    }
}
