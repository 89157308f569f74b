package dev.mxcp.server.mcp.method;

/// The client cancelled the request: it gets no answer (M20.2).
public final class Abandoned extends RuntimeException {
    Abandoned() {
        super("cancelled by the client", null, false, false);
    }
}
