package dev.mxcp.quality.doctor;

import org.jspecify.annotations.Nullable;

/// What one check has found. Immutable; holds no secret.
///
/// @param check what was looked at: `java`, `database`
/// @param remedy what to do; null where nothing is to be done
public record Finding(String check, Level level, String message, @Nullable String remedy) {

    /// How bad it is, from good to bad.
    public enum Level {
        OK("ok"),
        /// Works, but somebody should know.
        WARNING("warning"),
        /// Something does not work.
        ERROR("error");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        /// The word in JSON.
        public String word() {
            return word;
        }
    }

    static Finding ok(String check, String message) {
        return new Finding(check, Level.OK, message, null);
    }

    static Finding warning(String check, String message, @Nullable String remedy) {
        return new Finding(check, Level.WARNING, message, remedy);
    }

    static Finding error(String check, String message, @Nullable String remedy) {
        return new Finding(check, Level.ERROR, message, remedy);
    }
}
