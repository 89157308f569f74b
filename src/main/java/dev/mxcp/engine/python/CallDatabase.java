package dev.mxcp.engine.python;

import org.jspecify.annotations.Nullable;

/// The database as one call, hook or import sees it. Used by one thread at a time; closed by who
/// opened it when the call ends.
public interface CallDatabase extends AutoCloseable {

    /// Runs a text of `db.execute` (R3.1-R3.6): on the session that this call is pinned to, if any.
    ///
    /// @param params null, a `List`, or a map in the order in which the dict was written; values
    ///   are plain ones
    /// @param reply takes the rows of the last statement
    /// @throws DatabaseFailure with DuckDB's text
    void execute(String sql, @Nullable Object params, ReplyWriter reply);

    /// The session of `db.connection`; from now on [#execute] runs on it too (R3.6.2).
    ///
    /// @param another for `cursor()`: a session of its own beside that one
    DatabaseSession connect(boolean another);

    /// Ends the call's own use: an open transaction is rolled back, its session given back, unless
    /// that was handed out by [#connect], whose taker closes it.
    @Override
    void close();
}
