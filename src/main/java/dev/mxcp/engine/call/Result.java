package dev.mxcp.engine.call;

import dev.mxcp.types.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/// The value an endpoint gave, after shaping and checking, as JSON that was encoded once.
///
/// @param kind what the JSON is
/// @param json exactly one JSON document; owned by whoever holds the result
/// @param normalised the same value with declared members that are absent filled in (O6); null when
///   nothing is absent
/// @param content what is said in blocks; null where the JSON is all there is, and where there are
///   blocks the JSON is what is sent beside them, null for nothing
/// @param page null when nothing was left out
public record Result(
        Kind kind,
        JsonBuffer json,
        @Nullable JsonBuffer normalised,
        @Nullable Content content,
        @Nullable Page page) {

    /// A result that is its JSON.
    public Result(Kind kind, JsonBuffer json, @Nullable JsonBuffer normalised) {
        this(kind, json, normalised, null, null);
    }

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

    /// Blocks with nothing beside them.
    public static Result of(Content content) {
        return new Result(Kind.NULL, new JsonBuffer(8).nullValue(), null, content, null);
    }

    /// The same with other blocks.
    public Result with(Content blocks) {
        return new Result(kind, json, normalised, blocks, page);
    }

    /// The same as a part of what there is.
    public Result with(Page part) {
        return new Result(kind, json, normalised, content, part);
    }

    /// What structured content shows.
    public JsonBuffer structured() {
        return normalised == null ? json : normalised;
    }
}
