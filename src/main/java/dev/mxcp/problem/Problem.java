package dev.mxcp.problem;

import org.jspecify.annotations.Nullable;

/// One thing that is wrong: what, where, and what to do about it. Immutable.
///
/// @param what one sentence without a final stop
/// @param where the place in a file, when there is one
/// @param key dotted path of the YAML key (`tool.parameters.0.type`), when there is one
/// @param fix what to do, when that is known
public record Problem(
        String what, @Nullable SourcePlace where, @Nullable String key, @Nullable String fix) {

    /// A problem without a place.
    public static Problem of(String what, @Nullable String fix) {
        return new Problem(what, null, null, fix);
    }

    /// The key path and the message, as listings show them: `tool.source: Field required`.
    public String message() {
        return key == null ? what : key + ": " + what;
    }

    /// The whole problem for a person: place, key path, message, and on a second line the remedy.
    public String text() {
        var text = new StringBuilder();
        if (where != null) {
            text.append(where.text()).append(": ");
        }
        text.append(message());
        if (fix != null) {
            text.append("\n  fix: ").append(fix);
        }
        return text.toString();
    }
}
