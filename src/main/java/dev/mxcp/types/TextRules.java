package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Text;
import org.jspecify.annotations.Nullable;

/// Lengths (in code points) and pattern of a string (T6), ready to be asked.
final class TextRules {
    private final int minLength;
    private final int maxLength;
    private final TypeDef.@Nullable Pattern pattern;

    TextRules(Text type) {
        minLength = type.minLength() == null ? 0 : type.minLength();
        maxLength = type.maxLength() == null ? Integer.MAX_VALUE : type.maxLength();
        pattern = type.pattern();
    }

    boolean none() {
        return minLength == 0 && maxLength == Integer.MAX_VALUE && pattern == null;
    }

    /// What is wrong with a text, or null.
    @Nullable String problem(String text) {
        int units = text.length();
        // a text has at most as many code points as chars, and at least half as many
        if (units < 2L * minLength || units > maxLength) {
            int points = text.codePointCount(0, units);
            if (points < minLength) {
                return "String must be at least " + minLength + " characters long";
            }
            if (points > maxLength) {
                return "String must be at most " + maxLength + " characters long";
            }
        }
        if (pattern != null && !pattern.compiled().matcher(text).find()) {
            return "String must match pattern '" + pattern.source() + "'";
        }
        return null;
    }
}
