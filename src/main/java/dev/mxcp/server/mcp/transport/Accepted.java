package dev.mxcp.server.mcp.transport;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an `Accept` header admits of the two types that we can answer with (M6.8): leniently, a
/// missing header and wildcards admit both.
record Accepted(boolean json, boolean eventStream) {
    private static final Accepted BOTH = new Accepted(true, true);
    private static final String COMMON = "application/json, text/event-stream";

    static Accepted of(@Nullable String header) {
        if (header == null || header.isBlank() || header.equals(COMMON)) {
            return BOTH;
        }
        boolean json = false;
        boolean eventStream = false;
        for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            int parameters = range.indexOf(';');
            String type = (parameters < 0 ? range : range.substring(0, parameters)).strip();
            switch (type) {
                case "*/*" -> {
                    json = true;
                    eventStream = true;
                }
                case "application/json", "application/*" -> json = true;
                case "text/event-stream", "text/*" -> eventStream = true;
                default -> {}
            }
        }
        return new Accepted(json, eventStream);
    }
}
