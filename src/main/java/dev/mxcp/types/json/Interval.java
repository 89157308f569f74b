package dev.mxcp.types.json;

/// A span of time as DuckDB keeps it; the three parts are independent and may have different signs.
public record Interval(int months, int days, long micros) {
    private static final long MICROS_PER_SECOND = 1_000_000;

    /// ISO 8601 duration in days, hours, minutes and seconds, a month counting as 30 days:
    /// `P1DT2H0M0S` (O4).
    public String isoText() {
        long wholeDays = months * 30L + days;
        long rest = micros;
        var text = new StringBuilder("P").append(wholeDays).append("DT");
        if (rest < 0) {
            // a sign belongs to each part: ISO 8601-2 as in java.time.Duration
            return text.append(parts(-rest, "-")).toString();
        }
        return text.append(parts(rest, "")).toString();
    }

    private static String parts(long micros, String sign) {
        long seconds = micros / MICROS_PER_SECOND;
        long fraction = micros % MICROS_PER_SECOND;
        var text = new StringBuilder();
        text.append(signed(seconds / 3600, sign)).append('H');
        text.append(signed(seconds / 60 % 60, sign)).append('M');
        text.append(seconds % 60 == 0 && fraction == 0 ? "0" : sign + seconds % 60);
        if (fraction != 0) {
            String digits = Long.toString(fraction + MICROS_PER_SECOND).substring(1);
            text.append('.').append(digits);
        }
        return text.append('S').toString();
    }

    private static String signed(long value, String sign) {
        return value == 0 ? "0" : sign + value;
    }
}
