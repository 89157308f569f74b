package dev.mxcp.engine.call;

import org.jspecify.annotations.Nullable;

/// A result holds only a part of what there is.
///
/// @param rows how many it holds
/// @param offset how many come before them
/// @param next what to ask for to get what follows; null where that cannot be asked for
public record Page(long rows, long offset, @Nullable String next) {

    /// The sentence for whoever reads the result.
    public String note() {
        if (next != null) {
            return "Rows %d to %d; there are more. Call again with the same arguments and cursor \"%s\"."
                    .formatted(offset + 1, offset + rows, next);
        }
        return "Only the first %d rows are shown; there are more. Ask for fewer.".formatted(rows);
    }
}
