package dev.mxcp.engine.python;

/// A column of the rows that go to a worker.
///
/// @param name as DuckDB has it
/// @param type DuckDB's name of the type, for `description`
/// @param form how its values travel
/// @param detail scale of a decimal, zone of a timestamp; else empty
public record ReplyColumn(String name, String type, Form form, String detail) {

    /// How values travel: what the worker makes of them.
    public enum Form {
        /// NULL, booleans, integers of any size, floats, text, bytes, and lists and structs of
        /// these.
        PLAIN(""),
        DATE("date"),
        TIME("time"),
        TIME_TZ("timetz"),
        TIMESTAMP("timestamp"),
        TIMESTAMP_NS("timestampns"),
        TIMESTAMP_TZ("timestamptz"),
        INTERVAL("interval"),
        UUID("uuid"),
        DECIMAL("decimal"),
        /// Anything else, and nested types that contain anything but plain values.
        ANY("any");

        private final String code;

        Form(String code) {
            this.code = code;
        }
    }

    /// A column whose form needs no detail.
    public static ReplyColumn of(String name, String type, Form form) {
        return new ReplyColumn(name, type, form, "");
    }

    /// A DECIMAL column.
    public static ReplyColumn decimal(String name, String type, int scale) {
        return new ReplyColumn(name, type, Form.DECIMAL, Integer.toString(scale));
    }

    /// A TIMESTAMP WITH TIME ZONE column.
    ///
    /// @param zone the session's, by its IANA name
    public static ReplyColumn timestampTz(String name, String type, String zone) {
        return new ReplyColumn(name, type, Form.TIMESTAMP_TZ, zone);
    }

    String code() {
        return detail.isEmpty() ? form.code : form.code + ":" + detail;
    }
}
