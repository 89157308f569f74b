package dev.mxcp.project.yaml;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations and sizes as people write them: `500ms`, `30s`, `2m`, `1h`, `64MB`, `4MiB`. A number
/// without a unit means seconds or bytes. Each answers null for what is no quantity.
final class Quantities {
    private static final Pattern QUANTITY =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");

    private Quantities() {}

    /// `500ms`, `30s`, `2m`, `1h`, or seconds.
    static @Nullable Duration duration(String text) {
        Matcher match = QUANTITY.matcher(text.strip());
        if (!match.matches()) {
            return null;
        }
        long nanosPerUnit =
                switch (match.group(2)) {
                    case "ms" -> 1_000_000L;
                    case "", "s" -> 1_000_000_000L;
                    case "m", "min" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 0;
                };
        BigDecimal nanos =
                new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(nanosPerUnit));
        if (nanosPerUnit == 0 || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return null;
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /// `64MB` (powers of 1000), `4MiB` (powers of 1024), or bytes.
    static @Nullable Long bytes(String text) {
        Matcher match = QUANTITY.matcher(text.strip());
        if (!match.matches()) {
            return null;
        }
        long unit =
                switch (match.group(2).toLowerCase(Locale.ROOT)) {
                    case "", "b" -> 1;
                    case "kb" -> 1_000;
                    case "mb" -> 1_000_000;
                    case "gb" -> 1_000_000_000;
                    case "kib" -> 1L << 10;
                    case "mib" -> 1L << 20;
                    case "gib" -> 1L << 30;
                    default -> 0;
                };
        BigDecimal bytes = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(unit));
        if (unit == 0 || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return null;
        }
        return bytes.setScale(0, RoundingMode.HALF_UP).longValue();
    }
}
