package dev.mxcp.project;

import java.util.Locale;
import java.util.Map;

/// Environment variables that are flags (X1): `1`, `true`, `yes` in any case are true, everything
/// else, `on` too, is false.
public final class EnvironmentFlags {

    private EnvironmentFlags() {}

    /// Whether the variable is set to a word for true.
    public static boolean isTrue(Map<String, String> environment, String name) {
        return switch (environment.getOrDefault(name, "").toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes" -> true;
            default -> false;
        };
    }
}
