package dev.mxcp.engine.duckdb;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement failed. The message is DuckDB's own, with its kind in front and, where DuckDB gives
/// it, the place in the user's text.
public final class DuckDbException extends RuntimeException {

    /// What kind of failure (R3.8), by the words with which DuckDB's message begins.
    public enum Kind {
        CATALOG("Catalog Error"),
        BINDER("Binder Error"),
        PARSER("Parser Error"),
        SYNTAX("Syntax Error"),
        INVALID_INPUT("Invalid Input Error"),
        INVALID_TYPE("Invalid type Error"),
        CONSTRAINT("Constraint Error"),
        CONVERSION("Conversion Error"),
        OUT_OF_RANGE("Out of Range Error"),
        TYPE_MISMATCH("Mismatch Type Error"),
        IO("IO Error"),
        HTTP("HTTP Error"),
        CONNECTION("Connection Error"),
        TRANSACTION("TransactionContext Error"),
        OUT_OF_MEMORY("Out of Memory Error"),
        SERIALIZATION("Serialization Error"),
        NOT_IMPLEMENTED("Not implemented Error"),
        INTERRUPT("INTERRUPT Error"),
        PERMISSION("Permission Error"),
        DEPENDENCY("Dependency Error"),
        SEQUENCE("Sequence Error"),
        FATAL("FATAL Error"),
        INTERNAL("INTERNAL Error"),
        /// Anything else.
        OTHER("Error");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// The words with which DuckDB's message begins: `Catalog Error`.
        public String words() {
            return words;
        }

        /// The one place where a message is read: the C API gives errors of preparing as text only.
        static Kind of(String message) {
            int colon = message.indexOf(':');
            String start = colon < 0 ? "" : message.substring(0, colon).toLowerCase(Locale.ROOT);
            for (Kind kind : values()) {
                if (kind.words.toLowerCase(Locale.ROOT).equals(start)) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    private static final Pattern PLACE = Pattern.compile("(?m)^LINE (\\d+):");

    private final Kind kind;

    private DuckDbException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// A failure that DuckDB reported.
    static DuckDbException of(String message) {
        return new DuckDbException(Kind.of(message), message);
    }

    /// A failure that is found before DuckDB is asked, in DuckDB's form.
    static DuckDbException of(Kind kind, String message) {
        return new DuckDbException(kind, kind.words + ": " + message);
    }

    /// The same failure in another text, of which DuckDB saw a part, or with a line in front: its
    /// place is so many lines further down.
    DuckDbException below(int lines) {
        String text = String.valueOf(getMessage());
        Matcher place = PLACE.matcher(text);
        if (lines == 0 || !place.find()) {
            return this;
        }
        String line = Long.toString(Long.parseLong(place.group(1)) + lines);
        // the mark below the line stays below its word
        int shift = line.length() - place.group(1).length();
        String mark =
                shift >= 0
                        ? text.substring(place.end())
                                .replaceFirst("(?m)^( *\\^+)$", " ".repeat(shift) + "$1")
                        : text.substring(place.end()).replaceFirst("(?m)^ ( *\\^+)$", "$1");
        var moved =
                new DuckDbException(kind, text.substring(0, place.start(1)) + line + ":" + mark);
        moved.setStackTrace(getStackTrace());
        return moved;
    }

    public Kind kind() {
        return kind;
    }
}
