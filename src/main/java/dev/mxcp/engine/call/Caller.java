package dev.mxcp.engine.call;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who calls (R3.16): what policies, SQL functions and user code see of the user. Immutable; never
/// logged whole.
public record Caller(
        @Nullable String provider,
        @Nullable String userId,
        @Nullable String username,
        @Nullable String email,
        @Nullable String name,
        @Nullable String avatarUrl,
        @Nullable Map<String, @Nullable Object> rawProfile,
        @Nullable String externalToken,
        List<String> capabilities) {

    /// No user: authentication is off, or nobody is logged in.
    public static final Caller ANONYMOUS =
            new Caller(null, null, null, null, null, null, null, null, List.of());

    /// Whether there is a user at all.
    public boolean known() {
        return provider != null;
    }

    @Override
    public String toString() {
        return "Caller[provider=" + provider + ", userId=" + userId + "]";
    }
}
