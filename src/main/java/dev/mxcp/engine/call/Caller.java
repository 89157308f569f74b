package dev.mxcp.engine.call;

import dev.mxcp.types.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /// The user that a JSON object describes, as `--user-context` and tests play it
    /// (serving-and-security A13).
    ///
    /// @param provider what the user is known by: `cli`, `test`
    /// @param nobody stands for a missing id or name
    /// @param profile becomes the raw profile as a whole
    public static Caller played(
            String provider, String nobody, Map<String, @Nullable Object> profile) {
        return new Caller(
                provider,
                Objects.requireNonNullElse(text(profile, "user_id"), nobody),
                Objects.requireNonNullElse(text(profile, "username"), nobody),
                text(profile, "email"),
                text(profile, "name"),
                text(profile, "avatar_url"),
                profile,
                text(profile, "external_token"),
                profile.get("capabilities") instanceof List<?> names
                        ? names.stream().map(String::valueOf).toList()
                        : List.of());
    }

    private static @Nullable String text(Map<String, @Nullable Object> profile, String name) {
        Object value = profile.get(name);
        return value == null || value instanceof String ? (String) value : Json.text(value);
    }

    /// Whether there is a user at all.
    public boolean known() {
        return provider != null;
    }

    @Override
    public String toString() {
        return "Caller[provider=" + provider + ", userId=" + userId + "]";
    }
}
