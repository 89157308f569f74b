package dev.mxcp.server.mcp.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client declared that it can do (M22.2). Immutable.
///
/// @param declared the object as it came, plain values
public record ClientCapabilities(Map<String, @Nullable Object> declared) {
    /// Nothing.
    public static final ClientCapabilities NONE = new ClientCapabilities(Map.of());

    /// What a client declared; nothing if that is no object.
    @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
    public static ClientCapabilities of(@Nullable Object declared) {
        return declared instanceof Map<?, ?> map
                ? new ClientCapabilities((Map<String, @Nullable Object>) map)
                : NONE;
    }

    /// Whether the client has a capability.
    ///
    /// @param name a word such as `sampling`, or two with a dot between
    public boolean has(String name) {
        int dot = name.indexOf('.');
        if (dot > 0) {
            return declared.get(name.substring(0, dot)) instanceof Map<?, ?> group
                    && group.containsKey(name.substring(dot + 1));
        }
        if (!(declared.get(name) instanceof Map<?, ?> group)) {
            return false;
        }
        // one that only names the other mode has no forms
        return !name.equals("elicitation")
                || group.containsKey("form")
                || !group.containsKey("url");
    }

    /// A capability as the object that declares it.
    public static Map<String, @Nullable Object> object(String name) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        int dot = name.indexOf('.');
        if (dot < 0) {
            object.put(name, Map.of());
        } else {
            object.put(name.substring(0, dot), Map.of(name.substring(dot + 1), Map.of()));
        }
        return object;
    }
}
