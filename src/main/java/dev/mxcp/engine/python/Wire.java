package dev.mxcp.engine.python;

/// First members of the messages between server and worker; the worker's `wire.py` has the same.
final class Wire {

    /// Kinds of channels, in the first frame that a worker sends on each.
    static final class Channel {
        static final int CONTROL = 1;
        static final int CALLS = 2;
        static final int DETACHED = 3;
        static final int FUNCTIONS = 30;

        private Channel() {}
    }

    /// Control channel, to the worker.
    static final class Order {
        static final int START = 1;
        static final int OPEN = 2;
        static final int CANCEL = 3;
        static final int STOP = 4;
        static final int INSPECT = 5;
        static final int PAUSE = 20;
        static final int PAYLOAD = 21;
        static final int BEGIN = 22;
        static final int RELOAD_ANSWER = 23;
        static final int FUNCTIONS_DEFINED = 30;
        static final int OPEN_FUNCTIONS = 31;

        private Order() {}
    }

    /// Control channel, from the worker.
    static final class Report {
        static final int STARTED = 1;
        static final int START_FAILED = 2;
        static final int LOG = 3;
        static final int INSPECTED = 4;
        static final int STOPPED = 5;
        static final int RELEASE = 6;
        static final int PHASE = 7;
        static final int RELOAD = 20;
        static final int PAUSED = 21;
        static final int PAYLOAD_DONE = 22;
        static final int BEGUN = 23;
        static final int FUNCTIONS = 30;
        static final int INTERRUPT = 40;

        private Report() {}
    }

    /// Call channels, to the worker; `FUNCTION_CALL` on those of SQL functions.
    static final class Answer {
        static final int CALL = 1;
        static final int ROWS = 2;
        static final int FAILED = 3;
        static final int HANDLE = 4;
        static final int DONE = 5;
        static final int FUNCTION_CALL = 30;
        static final int OPENED = 40;
        static final int ARROW = 41;
        static final int ANSWERS = 50;
        static final int SUSPENDED = 51;
        static final int LACKING = 52;
        static final int UNANSWERED = 53;

        private Answer() {}
    }

    /// Call channels, from the worker; `FUNCTION_...` on those of SQL functions.
    static final class Turn {
        static final int RESULT = 1;
        static final int ERROR = 2;
        static final int EXECUTE = 3;
        static final int CONNECT = 4;
        static final int CLOSE = 5;
        static final int MESSAGE = 6;
        static final int PROGRESS = 7;
        static final int KEEP = 8;
        static final int FUNCTION_RESULT = 30;
        static final int FUNCTION_ERROR = 31;
        static final int OPEN = 40;
        static final int FETCH = 41;
        static final int FETCH_ARROW = 42;
        static final int BIND = 43;
        static final int TABLE_NAMES = 44;
        static final int SPLIT = 45;
        static final int DEFINE = 46;
        static final int ASK = 50;
        static final int CLIENT = 51;
        static final int RESOURCE_UPDATED = 52;

        private Turn() {}
    }

    private Wire() {}
}
