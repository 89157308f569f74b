package dev.mxcp.quality.testing;

import dev.mxcp.types.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The first place at which two values differ, by a path such as `[1].weight` (cli Q3.4).
final class Difference {
    private static final int MOST_SHOWN = 80;

    private Difference() {}

    /// What differs first, as a clause; null when nothing does.
    static @Nullable String first(@Nullable Object expected, @Nullable Object actual) {
        return first("", Canonical.strict(expected), Canonical.strict(actual));
    }

    /// A value, cut to what a message can hold.
    static String shown(@Nullable Object value) {
        String text = Json.text(value);
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    private static @Nullable String first(
            String path, @Nullable Object expected, @Nullable Object actual) {
        if (Objects.equals(expected, actual)) {
            return null;
        }
        if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> got) {
            return ofMembers(path, wanted, got);
        }
        if (expected instanceof List<?> wanted && actual instanceof List<?> got) {
            return ofItems(path, wanted, got);
        }
        return "%sexpected %s, got %s".formatted(at(path), shown(expected), shown(actual));
    }

    private static @Nullable String ofMembers(String path, Map<?, ?> expected, Map<?, ?> actual) {
        for (Map.Entry<?, ?> member : expected.entrySet()) {
            String name = String.valueOf(member.getKey());
            if (!actual.containsKey(name)) {
                return "%sthe field '%s' is missing".formatted(at(path), name);
            }
            String found = first(inside(path, name), member.getValue(), actual.get(name));
            if (found != null) {
                return found;
            }
        }
        return actual.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .findFirst()
                .map(name -> "%sthe field '%s' is not expected".formatted(at(path), name))
                .orElse(null);
    }

    private static @Nullable String ofItems(String path, List<?> expected, List<?> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            String found = first(path + "[" + i + "]", expected.get(i), actual.get(i));
            if (found != null) {
                return found;
            }
        }
        return "%sexpected %d items, got %d".formatted(at(path), expected.size(), actual.size());
    }

    private static String inside(String path, String name) {
        boolean plain = name.matches("\\w+");
        return plain ? path + (path.isEmpty() ? "" : ".") + name : path + "['" + name + "']";
    }

    private static String at(String path) {
        return path.isEmpty() ? "" : "at " + path + ": ";
    }
}
