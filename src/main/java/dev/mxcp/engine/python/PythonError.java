package dev.mxcp.engine.python;

/// An exception of user code, as the cause of the `EndpointFailed` that a call throws. Its stack is
/// Python's, as text.
public final class PythonError extends RuntimeException {
    private final String type;
    private final String traceback;

    PythonError(String type, String message, String traceback) {
        super(message, null, false, false);
        this.type = type;
        this.traceback = traceback;
    }

    /// The class with its module: `KeyError`, `requests.exceptions.HTTPError`.
    public String type() {
        return type;
    }

    /// Python's traceback, beginning with the frames of user code.
    public String traceback() {
        return traceback;
    }

    /// Class and message in one line, for logs.
    public String summary() {
        return type + ": " + getMessage();
    }
}
