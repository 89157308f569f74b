package dev.mxcp.types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the texts of the formats `date`, `time`, `date-time` and `timestamp` (T7). Each function
/// gives null for a text that is not of its format.
final class DateTimes {
    private static final long FIRST_SECOND =
            LocalDateTime.MIN.withYear(1).toEpochSecond(ZoneOffset.UTC);
    private static final long LAST_SECOND =
            LocalDateTime.MAX.withYear(9999).toEpochSecond(ZoneOffset.UTC);

    private static final Pattern TIME =
            Pattern.compile(
                    "(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,9}))?(?:[Zz]|[+-]00:?00)?");

    // as Python's datetime.fromisoformat, without week dates
    private static final Pattern DATE_TIME =
            Pattern.compile(
                    "(?<year>(?!0000)\\d{4})(?:-(?<month>\\d\\d)-(?<day>\\d\\d)|(?<month2>\\d\\d)(?<day2>\\d\\d))"
                            + "(?:[Tt ](?<hour>\\d\\d)(?::?(?<minute>\\d\\d)(?::?(?<second>\\d\\d)"
                            + "(?:[.,](?<fraction>\\d{1,18}))?)?)?"
                            + "(?<offset>[Zz]|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?)?)?");

    private DateTimes() {}

    /// Year, month and day with dashes; month and day may have one digit.
    static @Nullable LocalDate date(String text) {
        int length = text.length();
        if (length < 8 || length > 10 || text.charAt(4) != '-') {
            return null;
        }
        int dash = text.indexOf('-', 5);
        int year = digits(text, 0, 4);
        int month = dash < 0 ? -1 : digits(text, 5, dash);
        int day = dash < 0 ? -1 : digits(text, dash + 1, length);
        if (year < 1 || month < 0 || day < 0) {
            return null;
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /// Hours, minutes and seconds with colons. Beside what the reference takes: a fraction, and the
    /// zone designator of UTC, which models add since JSON Schema's `time` has one.
    static @Nullable LocalTime time(String text) {
        Matcher found = TIME.matcher(text);
        if (!found.matches()) {
            return null;
        }
        try {
            return LocalTime.of(
                    Integer.parseInt(found.group(1)),
                    Integer.parseInt(found.group(2)),
                    Integer.parseInt(found.group(3)),
                    nanos(found.group(4)));
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    /// ISO 8601: an [OffsetDateTime] when the text has an offset, else a [LocalDateTime]. A date
    /// alone is its midnight.
    static @Nullable Object dateTime(String text) {
        Matcher found = DATE_TIME.matcher(text);
        if (!found.matches()) {
            return null;
        }
        try {
            var date =
                    LocalDate.of(
                            number(found.group("year")),
                            number(either(found.group("month"), found.group("month2"))),
                            number(either(found.group("day"), found.group("day2"))));
            var time =
                    LocalTime.of(
                            number(found.group("hour")),
                            number(found.group("minute")),
                            number(found.group("second")),
                            nanos(found.group("fraction")));
            String offset = found.group("offset");
            return offset == null
                    ? LocalDateTime.of(date, time)
                    : OffsetDateTime.of(date, time, offset(offset));
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    /// Seconds since 1970 as the wall clock of a zone shows them (N35), to the microsecond.
    static @Nullable LocalDateTime timestamp(BigDecimal seconds, ZoneId zone) {
        int magnitude = seconds.precision() - seconds.scale();
        if (magnitude > 12) {
            return null; // beyond year 9999; also keeps the arithmetic below small
        }
        BigDecimal micros =
                magnitude < -6
                        ? BigDecimal.ZERO
                        : seconds.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN);
        long total = micros.longValueExact();
        long second = Math.floorDiv(total, 1_000_000L);
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            return null;
        }
        int nano = (int) Math.floorMod(total, 1_000_000L) * 1000;
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(second, nano), zone);
        return time.getYear() < 1 || time.getYear() > 9999 ? null : time;
    }

    private static ZoneOffset offset(String text) {
        return text.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    private static int digits(String text, int from, int to) {
        if (to <= from || to - from > 4) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static @Nullable String either(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    /// A fraction of a second, cut to microseconds as Python does.
    private static int nanos(@Nullable String fraction) {
        return fraction == null
                ? 0
                : Integer.parseInt((fraction + "000000").substring(0, 6)) * 1000;
    }
}
