package dev.mxcp.project.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds what was meant by a misspelt word.
public final class Suggestions {

    private Suggestions() {}

    /// The known word nearest to the written one, if one is near enough to be worth a guess: equal
    /// but for case, dashes and underscores, or a slip of the keyboard or two away.
    public static Optional<String> nearest(String written, Collection<String> known) {
        String bare = bare(written);
        String best = null;
        int bestDistance = 1 + Math.min(2, written.length() / 3);
        for (String candidate : known) {
            int distance = bare.equals(bare(candidate)) ? 0 : distance(written, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /// The remedy for a misspelt word: the nearest known one, else all of them.
    public static String fix(String written, Collection<String> known) {
        return nearest(written, known)
                .map(word -> "did you mean '" + word + "'?")
                .orElseGet(() -> "use one of: " + String.join(", ", known));
    }

    private static String bare(String word) {
        return word.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words.
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 2) {
            return Integer.MAX_VALUE;
        }
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int j = 0; j < last.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[other.length()];
    }
}
