package dev.mxcp.server.mcp.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request is answered with a protocol error; nothing failed on our side, so nothing is logged.
public final class Refusal extends RuntimeException {
    private final int code;
    private final transient @Nullable Map<String, @Nullable Object> data;

    /// @param message one sentence, safe to show (M5.7)
    /// @param data member `data` of the error, plain values
    public Refusal(int code, String message, @Nullable Map<String, @Nullable Object> data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    public Refusal(int code, String message) {
        this(code, message, null);
    }

    /// Parameters that do not have the method's shape, or name something that does not exist.
    public static Refusal invalidParams(String message) {
        return new Refusal(ErrorCode.INVALID_PARAMS, message);
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
