package dev.mxcp.engine.python;

/// Codes of the tuples in which values travel that marshal lacks; the worker's `values.py` has the
/// same.
final class Tag {
    static final int DATE = 1;
    static final int TIME = 2;
    static final int TIMESTAMP = 3;
    static final int TIMESTAMP_TZ = 4;
    static final int INTERVAL = 5;
    static final int DECIMAL = 6;
    static final int UUID = 7;
    static final int TIME_TZ = 8;
    static final int TIMESTAMP_NS = 9;
    static final int ARRAY = 10;
    static final int MAP = 11;

    private Tag() {}
}
