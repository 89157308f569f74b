package dev.mxcp.server.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What operators see of reloads (R4.6).
///
/// @param inProgress whether a reload is going on
/// @param draining whether it still waits for running calls
/// @param current what the one that is going on is for
/// @param queued how many wait behind it
/// @param activeRequests calls that run now
/// @param last how the last one ended; null before the first
/// @param outage why nothing can be called at the moment; null if it can
public record ReloadStatus(
        boolean inProgress,
        boolean draining,
        @Nullable String current,
        int queued,
        int activeRequests,
        @Nullable Last last,
        @Nullable String outage) {

    /// How a reload ended.
    ///
    /// @param error what failed; null when nothing did
    public record Last(Instant at, @Nullable String error) {
        /// `success` or `error`.
        public String status() {
            return error == null ? "success" : "error";
        }
    }
}
