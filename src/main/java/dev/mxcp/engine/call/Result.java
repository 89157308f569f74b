package dev.mxcp.engine.call;

import dev.mxcp.types.json.JsonBuffer;

/// The value an endpoint gave, after shaping and checking, as JSON that was encoded once.
///
/// @param kind what the JSON is
/// @param json exactly one JSON document; owned by whoever holds the result
public record Result(Kind kind, JsonBuffer json) {

    /// What a result is at its top.
    public enum Kind {
        NULL,
        TEXT,
        SCALAR,
        OBJECT,
        LIST
    }
}
