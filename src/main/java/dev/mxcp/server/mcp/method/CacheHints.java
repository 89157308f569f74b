package dev.mxcp.server.mcp.method;

import dev.mxcp.types.json.JsonBuffer;
import java.time.Duration;

/// How long and for whom clients may keep a result (M12.6-M12.8). Immutable.
///
/// @param ttl zero means: ask again
/// @param everybody whether the result is the same for all callers
record CacheHints(Duration ttl, boolean everybody) {
    /// Nothing may be kept.
    static final CacheHints NONE = new CacheHints(Duration.ZERO, false);

    /// Adds the hints to the result that was just written, in the era that has them.
    ///
    /// @param out ends with the brace of the result, which has at least one member
    void write(Exchange exchange, JsonBuffer out) {
        if (exchange.era().stateless()) {
            out.truncate(out.size() - 1);
            out.raw(",\"ttlMs\":").value(ttl.toMillis());
            out.raw(",\"cacheScope\":").value(everybody ? "public" : "private").raw('}');
        }
    }
}
