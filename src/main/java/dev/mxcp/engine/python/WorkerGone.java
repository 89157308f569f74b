package dev.mxcp.engine.python;

/// The worker ended before it got the call: another one may take it.
final class WorkerGone extends Exception {
    WorkerGone() {
        super("the worker is gone", null, false, false);
    }
}
