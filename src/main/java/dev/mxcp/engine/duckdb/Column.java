package dev.mxcp.engine.duckdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One column of a result.
///
/// @param name unique in its result without regard to case (R3.4)
public record Column(String name, DuckType type) {

    /// Names that differ: a repeated one gets the suffix `_1`, `_2`, ...
    static List<String> distinct(List<String> names) {
        Map<String, Integer> used = new HashMap<>();
        List<String> distinct = new ArrayList<>(names.size());
        for (String name : names) {
            String shown = name;
            while (used.containsKey(key(shown))) {
                int number = used.merge(key(name), 1, Integer::sum);
                shown = name + "_" + number;
            }
            used.put(key(shown), 0);
            distinct.add(shown);
        }
        return distinct;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
