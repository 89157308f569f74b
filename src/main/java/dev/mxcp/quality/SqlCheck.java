package dev.mxcp.quality;

import dev.mxcp.project.Endpoint;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Asks the database about SQL text without executing any of it (V9, V10).
@FunctionalInterface
public interface SqlCheck {

    /// Parses every statement, and prepares and binds those that depend on nothing made by an
    /// earlier one, as far as there is a database.
    Answer check(Endpoint endpoint, String sql);

    /// What the database says about a text.
    ///
    /// @param refusal null when nothing is wrong, or nothing is known to be
    /// @param undecided what could not be judged; null when all could
    /// @param parameters names of all statements' parameters without `$`, as first written;
    ///   positional ones as `1`, `2`
    /// @param mismatches between the columns of the result and the declared `return`
    /// @param parsedOnly whether no tables were there to look at
    record Answer(
            @Nullable Refusal refusal,
            @Nullable String undecided,
            SequencedSet<String> parameters,
            List<Mismatch> mismatches,
            boolean parsedOnly) {
        public Answer {
            mismatches = List.copyOf(mismatches);
        }
    }

    /// Why the text is refused.
    ///
    /// @param text the database's own
    /// @param spot where; null when the database does not say
    record Refusal(String text, @Nullable Spot spot) {}

    /// A place in the text.
    ///
    /// @param line from 1
    /// @param excerpt of that line
    /// @param offset of the place in the excerpt, from 0
    record Spot(int line, String excerpt, int offset) {}

    /// A part of `return` that the columns do not fit.
    ///
    /// @param keyPath of the part below the endpoint
    /// @param certain whether every row is refused
    record Mismatch(String what, String keyPath, String fix, boolean certain) {}
}
