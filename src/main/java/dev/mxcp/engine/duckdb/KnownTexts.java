package dev.mxcp.engine.duckdb;

import java.util.LinkedHashMap;
import java.util.Map;

/// The texts a database has seen lately. Thread-safe.
final class KnownTexts {
    private static final int CAPACITY = 1000;

    /// Longer ones are read each time: they are generated, and would fill the memory.
    private static final int LONGEST = 50_000;

    private final Map<String, KnownText> texts =
            new LinkedHashMap<>(256, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, KnownText> eldest) {
                    return size() > CAPACITY;
                }
            };

    KnownText of(String sql) {
        if (sql.length() > LONGEST) {
            return new KnownText(SqlText.of(sql));
        }
        synchronized (texts) {
            return texts.computeIfAbsent(sql, text -> new KnownText(SqlText.of(text)));
        }
    }
}
