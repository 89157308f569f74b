package dev.mxcp.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a list of texts of what code that suggests values gave: rows, of which the first column
/// counts, or values.
final class Suggestions {
    private Suggestions() {}

    static List<String> of(@Nullable Object given) {
        var texts = new ArrayList<String>();
        if (given instanceof List<?> list) {
            for (Object item : list) {
                Object value =
                        item instanceof Map<?, ?> row
                                ? row.values().stream().findFirst().orElse(null)
                                : item;
                if (value != null) {
                    texts.add(String.valueOf(value));
                }
            }
        }
        return texts;
    }
}
