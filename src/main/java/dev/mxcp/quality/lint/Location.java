package dev.mxcp.quality.lint;

import java.util.ArrayList;
import java.util.List;

/// Where something is in an endpoint file, by keys and positions: `tool.parameters[0].description`.
/// Immutable.
///
/// @param path texts and integers
record Location(List<Object> path) {
    Location {
        path = List.copyOf(path);
    }

    static Location of(String root) {
        return new Location(List.of(root));
    }

    Location key(String key) {
        return with(key);
    }

    Location item(int index) {
        return with(index);
    }

    /// As listings show it.
    String text() {
        var text = new StringBuilder();
        for (Object step : path) {
            if (step instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }

    private Location with(Object step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return new Location(longer);
    }
}
