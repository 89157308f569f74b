package dev.mxcp.server.mcp.message;

import dev.mxcp.types.json.JsonBuffer;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The id of a request, or a progress token: a text or an integer. 1 is not "1" (M4.8).
///
/// @param value a String, Long or BigInteger
public record RequestId(Object value) {

    /// The id, unless the value cannot be one.
    public static Optional<RequestId> of(@Nullable Object value) {
        return value instanceof String || value instanceof Long || value instanceof BigInteger
                ? Optional.of(new RequestId(value))
                : Optional.empty();
    }

    public void writeTo(JsonBuffer out) {
        out.any(value);
    }
}
