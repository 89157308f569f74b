package dev.mxcp.project;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A named secret of the effective profile (U7, K1). Its text form never shows a value.
///
/// @param parameters plain values after references were resolved; nested maps and lists intact
public record Secret(String name, String type, Map<String, @Nullable Object> parameters) {
    @Override
    public String toString() {
        return "Secret[name=" + name + ", type=" + type + ", parameters=***]";
    }
}
