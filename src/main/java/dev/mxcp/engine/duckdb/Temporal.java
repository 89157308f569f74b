package dev.mxcp.engine.duckdb;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Dates and times as DuckDB stores them.
final class Temporal {
    static final String INFINITY = "infinity";
    static final String MINUS_INFINITY = "-infinity";

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int OFFSET_BITS = 24;
    private static final long OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int MAX_OFFSET = 16 * 60 * 60 - 1;

    private Temporal() {}

    /// What a stored number of units is: one number at each end stands for infinity.
    static boolean isInfinite(int days) {
        return days == Integer.MAX_VALUE || days == -Integer.MAX_VALUE;
    }

    static boolean isInfinite(long units) {
        return units == Long.MAX_VALUE || units == -Long.MAX_VALUE;
    }

    static String infinity(boolean positive) {
        return positive ? INFINITY : MINUS_INFINITY;
    }

    static Object date(int days) {
        return isInfinite(days) ? infinity(days > 0) : LocalDate.ofEpochDay(days);
    }

    /// @param perSecond how many units a second has
    static Object timestamp(long units, long perSecond) {
        if (isInfinite(units)) {
            return infinity(units > 0);
        }
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(units, perSecond), nanos(units, perSecond), ZoneOffset.UTC);
    }

    static Object timestampTz(long units, long perSecond, ZoneId zone) {
        if (isInfinite(units)) {
            return infinity(units > 0);
        }
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(units, perSecond), nanos(units, perSecond));
        return OffsetDateTime.ofInstant(instant, zone);
    }

    /// 24:00:00 exists in DuckDB and becomes the last moment of the day.
    static LocalTime time(long units, long perSecond) {
        long nanos = units * (NANOS_PER_SECOND / perSecond);
        return LocalTime.ofNanoOfDay(Math.min(nanos, LocalTime.MAX.toNanoOfDay()));
    }

    static OffsetTime timeTz(long bits) {
        return OffsetTime.of(
                time(timeTzMicros(bits), 1_000_000), ZoneOffset.ofTotalSeconds(timeTzOffset(bits)));
    }

    static long timeTzMicros(long bits) {
        return bits >>> OFFSET_BITS;
    }

    /// Seconds east of Greenwich.
    static int timeTzOffset(long bits) {
        return MAX_OFFSET - (int) (bits & OFFSET_MASK);
    }

    static long timeTzBits(OffsetTime time) {
        long micros = time.toLocalTime().toNanoOfDay() / 1000;
        return micros << OFFSET_BITS | MAX_OFFSET - time.getOffset().getTotalSeconds();
    }

    private static int nanos(long units, long perSecond) {
        return (int) (Math.floorMod(units, perSecond) * (NANOS_PER_SECOND / perSecond));
    }
}
