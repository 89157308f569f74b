package dev.mxcp.quality.lint;

import dev.mxcp.problem.SourcePlace;
import org.jspecify.annotations.Nullable;

/// One piece of advice. Immutable.
///
/// @param location keys of the file, as in `tool.parameters[0].description`
/// @param message what is the matter
/// @param suggestion what to do about it
/// @param place the line: of the key where it is written, else of what lacks it
/// @param fix what [Fixes] would do; null when only a person can
public record Finding(
        Rule rule,
        String location,
        String message,
        String suggestion,
        SourcePlace place,
        @Nullable Fix fix) {

    /// The file, relative to the project.
    public String path() {
        return place.file();
    }

    public Severity severity() {
        return rule.severity();
    }
}
