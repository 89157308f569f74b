package dev.mxcp.cli;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a mistyped word was probably meant to be.
final class Suggestion {
    private Suggestion() {}

    /// The known word that is nearest to the mistyped one, if any is near enough to be meant.
    static Optional<String> of(String mistyped, Iterable<String> known) {
        @Nullable String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String word : known) {
            int distance = distance(normal(mistyped), normal(word));
            if (distance < least) {
                least = distance;
                nearest = word;
            }
        }
        int bearable = Math.max(1, normal(mistyped).length() / 3);
        return least <= bearable ? Optional.ofNullable(nearest) : Optional.empty();
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /// Edits that lead from one word to the other; swapping neighbours is one edit.
    private static int distance(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            edits[i][0] = i;
        }
        for (int j = 0; j <= to.length(); j++) {
            edits[0][j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            for (int j = 1; j <= to.length(); j++) {
                int changed = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int least =
                        Math.min(
                                Math.min(edits[i - 1][j], edits[i][j - 1]) + 1,
                                edits[i - 1][j - 1] + changed);
                boolean swapped =
                        i > 1
                                && j > 1
                                && from.charAt(i - 1) == to.charAt(j - 2)
                                && from.charAt(i - 2) == to.charAt(j - 1);
                edits[i][j] = swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
            }
        }
        return edits[from.length()][to.length()];
    }
}
