package dev.mxcp.types;

import java.util.ArrayList;
import java.util.List;

/// One conversion of arguments under way: where the values come from, and what was wrong with them.
/// Whoever knows the name of a part puts it in front of what was found in it, so a conversion
/// without problems pays nothing for paths. For one thread.
final class Intake {
    private static final int MOST_LINES = 20;

    private final Arguments.Source source;
    private final boolean fills;
    private final List<String> lines = new ArrayList<>(0);
    private int found;

    /// @param fills whether absent optional members of objects get their default or null (T4.6)
    Intake(Arguments.Source source, boolean fills) {
        this.source = source;
        this.fills = fills;
    }

    boolean fromMcp() {
        return source == Arguments.Source.MCP;
    }

    boolean fills() {
        return fills;
    }

    void problem(String reason) {
        found++;
        if (lines.size() < MOST_LINES) {
            lines.add(reason);
        }
    }

    /// How much was found so far; for [#foundSince] and [#within].
    int mark() {
        return found;
    }

    boolean foundSince(int mark) {
        return found > mark;
    }

    /// Says where that was which was found since the mark.
    void within(int mark, String part) {
        for (int i = mark; i < lines.size(); i++) {
            lines.set(i, part + ": " + lines.get(i));
        }
    }

    /// What was found, a line each.
    List<String> lines() {
        if (found <= lines.size()) {
            return lines;
        }
        var all = new ArrayList<>(lines);
        all.add("... and " + (found - lines.size()) + " more problems");
        return all;
    }
}
