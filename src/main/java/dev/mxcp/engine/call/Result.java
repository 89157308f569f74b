package dev.mxcp.engine.call;

import dev.mxcp.types.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/// The value an endpoint gave, after shaping and checking, as JSON that was encoded once.
///
/// @param kind what the JSON is
/// @param json exactly one JSON document; owned by whoever holds the result
/// @param normalised the same value with declared members that are absent filled in (O6); null when
///   nothing is absent
public record Result(Kind kind, JsonBuffer json, @Nullable JsonBuffer normalised) {

    /// What a result is at its top.
    public enum Kind {
        NULL,
        TEXT,
        SCALAR,
        OBJECT,
        LIST;

        /// The kind of an encoded document, by its first byte.
        ///
        /// @param json compact JSON that is not empty
        public static Kind of(JsonBuffer json) {
            return switch (json.array()[0]) {
                case 'n' -> NULL;
                case '"' -> TEXT;
                case '{' -> OBJECT;
                case '[' -> LIST;
                default -> SCALAR;
            };
        }
    }

    /// A value that lacks nothing.
    public static Result of(JsonBuffer json) {
        return new Result(Kind.of(json), json, null);
    }

    /// What structured content shows.
    public JsonBuffer structured() {
        return normalised == null ? json : normalised;
    }
}
