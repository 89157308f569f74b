package dev.mxcp.types.json;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/// The text forms of dates and times in results (O4, and the last table of the design for DATE).
public final class Iso {
    private Iso() {}

    /// `2026-01-31`, before year 0 and after 9999 with a sign: `-0043-03-15`, `+12026-01-31`
    public static String text(LocalDate date) {
        var text = new StringBuilder(10);
        append(text, date);
        return text.toString();
    }

    /// `01:02:03`, with 6 digits of fraction only when there is one, 9 when it is finer than a
    /// microsecond.
    public static String text(LocalTime time) {
        var text = new StringBuilder(18);
        append(text, time);
        return text.toString();
    }

    /// `2026-01-31T01:02:03`
    public static String text(LocalDateTime time) {
        var text = new StringBuilder(29);
        append(text, time.toLocalDate());
        append(text.append('T'), time.toLocalTime());
        return text.toString();
    }

    /// `2026-01-31T01:02:03+00:00`
    public static String text(OffsetDateTime time) {
        return text(time.toLocalDateTime()) + offset(time.getOffset());
    }

    /// `01:02:03+00:00`
    public static String text(OffsetTime time) {
        return text(time.toLocalTime()) + offset(time.getOffset());
    }

    private static String offset(ZoneOffset offset) {
        return offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId();
    }

    private static void append(StringBuilder text, LocalDate date) {
        int year = date.getYear();
        if (year < 0) {
            text.append('-'); // ISO 8601 counts a year 0, which is 1 BC
        } else if (year > 9999) {
            text.append('+');
        }
        padded(text, Math.abs(year), 4);
        padded(text.append('-'), date.getMonthValue(), 2);
        padded(text.append('-'), date.getDayOfMonth(), 2);
    }

    private static void append(StringBuilder text, LocalTime time) {
        padded(text, time.getHour(), 2);
        padded(text.append(':'), time.getMinute(), 2);
        padded(text.append(':'), time.getSecond(), 2);
        int nanos = time.getNano();
        if (nanos == 0) {
            return;
        }
        text.append('.');
        if (nanos % 1000 == 0) {
            padded(text, nanos / 1000, 6);
        } else {
            padded(text, nanos, 9);
        }
    }

    private static void padded(StringBuilder text, int number, int digits) {
        String shown = Integer.toString(number);
        text.repeat('0', Math.max(0, digits - shown.length())).append(shown);
    }
}
