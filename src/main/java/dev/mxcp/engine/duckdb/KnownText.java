package dev.mxcp.engine.duckdb;

import org.jspecify.annotations.Nullable;

/// What a database has learned about one text of SQL. Thread-safe: each fact is one volatile field,
/// and to miss a change only costs time.
final class KnownText {
    private final SqlText text;
    private final @Nullable DuckDbException forgery;
    private volatile boolean slow;
    private volatile boolean needsCaller;

    KnownText(SqlText text) {
        this.text = text;
        this.forgery = CallerFunctions.forgery(text);
        this.needsCaller = text.mentions(CallerFunctions.NAMES);
    }

    SqlText text() {
        return text;
    }

    /// Refuses a text that would replace the functions about the caller or their values.
    ///
    /// @throws DuckDbException of kind PERMISSION
    void refuseForgery() {
        DuckDbException refusal = forgery;
        if (refusal != null) {
            throw DuckDbException.of(String.valueOf(refusal.getMessage()));
        }
    }

    /// Whether it last ran long enough to be kept apart from short work.
    boolean slow() {
        return slow;
    }

    void slow(boolean now) {
        if (slow != now) {
            slow = now;
        }
    }

    /// Whether it calls a function about the caller, itself or through a view.
    boolean needsCaller() {
        return needsCaller;
    }

    void foundToNeedCaller() {
        needsCaller = true;
    }
}
