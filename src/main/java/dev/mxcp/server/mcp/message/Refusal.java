package dev.mxcp.server.mcp.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request is answered with a protocol error; nothing failed on our side, so nothing is logged.
public final class Refusal extends RuntimeException {
    private final int code;
    private final transient @Nullable Map<String, @Nullable Object> data;
    private final boolean malformed;

    /// @param message one sentence, safe to show (M5.7)
    /// @param data member `data` of the error, plain values
    public Refusal(int code, String message, @Nullable Map<String, @Nullable Object> data) {
        this(code, message, data, false);
    }

    private Refusal(
            int code,
            String message,
            @Nullable Map<String, @Nullable Object> data,
            boolean malformed) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
        this.malformed = malformed;
    }

    public Refusal(int code, String message) {
        this(code, message, null);
    }

    /// Parameters that name something that does not exist, or not for this caller.
    public static Refusal invalidParams(String message) {
        return new Refusal(ErrorCode.INVALID_PARAMS, message);
    }

    /// Parameters that do not have the method's shape.
    public static Refusal malformedParams(String what) {
        return new Refusal(
                ErrorCode.INVALID_PARAMS, "Invalid request parameters: " + what, null, true);
    }

    /// Whether the request itself is at fault, whatever is served (M5.5).
    public boolean malformed() {
        return malformed;
    }

    public int code() {
        return code;
    }

    public @Nullable Map<String, @Nullable Object> data() {
        return data;
    }

    /// The sentence for the client.
    public String text() {
        return String.valueOf(getMessage());
    }
}
