package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One session that user code holds as a connection object. Lives until it is closed: at the end of
/// its call, or later if user code stored the object (R3.9.3). Used by one thread at a time.
public interface DatabaseSession extends AutoCloseable {

    /// Runs a text. As [CallDatabase#execute].
    ///
    /// @param call the one whose code runs now, which may be a later one
    void execute(CallContext call, String sql, @Nullable Object params, ReplyWriter reply);

    /// Runs a text whose result stays open; its first rows go into the reply.
    ///
    /// @param readOnly whether a statement that changes the database is refused
    /// @throws DatabaseFailure with DuckDB's text; so do all methods below
    OpenedRows open(
            CallContext call,
            String sql,
            @Nullable Object params,
            boolean readOnly,
            ReplyWriter reply);

    /// Reads on in an open result.
    ///
    /// @param rows how many are wanted; more may come, or fewer
    OpenedRows fetch(CallContext call, int result, long rows, ReplyWriter reply);

    /// Reads on in an open result, as Arrow.
    ///
    /// @param wish what exactly is wanted
    ArrowRows arrow(CallContext call, int result, ArrowWish wish);

    /// Frees results.
    void release(List<Long> results);

    /// What a single statement would give, without running it; the columns go into the reply.
    ///
    /// @return whether it is a query, that is: only reads
    boolean bind(CallContext call, String sql, ReplyWriter reply);

    /// The tables that a text reads.
    ///
    /// @param qualified whether with their schemas, quoted where they must be
    List<String> tableNames(CallContext call, String sql, boolean qualified);

    /// The statements of a text, without what is between them.
    List<String> split(String sql);

    /// Ends the running statement, if there is one, with DuckDB's error. From any thread.
    void interrupt();

    /// Rolls back and gives the session back.
    @Override
    void close();
}
