package dev.mxcp.engine.duckdb;

import dev.mxcp.engine.duckdb.Cells.AsciiText;
import dev.mxcp.engine.duckdb.DuckType.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/// Writers of dates and times, in the forms of O4.
final class TemporalCells {
    private static final int SECONDS_PER_DAY = 86_400;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MICROS = 1_000_000;

    private final AsciiText text = new AsciiText();

    private TemporalCells() {}

    static Cell of(Kind kind, Vector v) {
        var cells = new TemporalCells();
        AsciiText text = cells.text;
        return switch (kind) {
            case DATE ->
                    (row, out) -> {
                        cells.date(Memory.intAt(v.rawData() + row * 4));
                        text.add('"').writeTo(out);
                    };
            case TIME ->
                    (row, out) -> {
                        cells.start().time(Memory.longAt(v.rawData() + row * 8), MICROS);
                        text.add('"').writeTo(out);
                    };
            case TIME_NS ->
                    (row, out) -> {
                        cells.start().time(Memory.longAt(v.rawData() + row * 8), NANOS_PER_SECOND);
                        text.add('"').writeTo(out);
                    };
            case TIME_TZ ->
                    (row, out) -> {
                        long bits = Memory.longAt(v.rawData() + row * 8);
                        cells.start().time(Temporal.timeTzMicros(bits), MICROS);
                        cells.offset(Temporal.timeTzOffset(bits));
                        text.add('"').writeTo(out);
                    };
            default -> throw new IllegalArgumentException(kind + " is written elsewhere");
        };
    }

    /// @param perSecond how many units a second has
    static Cell timestamp(Vector v, long perSecond) {
        var cells = new TemporalCells();
        return (row, out) -> {
            cells.timestamp(Memory.longAt(v.rawData() + row * 8), perSecond);
            cells.text.add('"').writeTo(out);
        };
    }

    static Cell timestampTz(Vector v, long perSecond) {
        var cells = new TemporalCells();
        ZoneId zone = v.owner().zone();
        ZoneRules rules = zone.getRules();
        boolean fixed = rules.isFixedOffset();
        int fixedOffset = fixed ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : 0;
        return (row, out) -> {
            long units = Memory.longAt(v.rawData() + row * 8);
            if (Temporal.isInfinite(units)) {
                cells.start().text.add(Temporal.infinity(units > 0));
            } else {
                Instant second = Instant.ofEpochSecond(Math.floorDiv(units, perSecond));
                int offset = fixed ? fixedOffset : rules.getOffset(second).getTotalSeconds();
                cells.timestamp(units + offset * perSecond, perSecond);
                cells.offset(offset);
            }
            cells.text.add('"').writeTo(out);
        };
    }

    private TemporalCells start() {
        text.clear().add('"');
        return this;
    }

    private void date(int days) {
        start();
        if (Temporal.isInfinite(days)) {
            text.add(Temporal.infinity(days > 0));
        } else {
            day(days);
        }
    }

    private void timestamp(long units, long perSecond) {
        start();
        if (Temporal.isInfinite(units)) {
            text.add(Temporal.infinity(units > 0));
            return;
        }
        long unitsPerDay = perSecond * SECONDS_PER_DAY;
        day(Math.floorDiv(units, unitsPerDay));
        text.add('T');
        time(Math.floorMod(units, unitsPerDay), perSecond);
    }

    private void day(long days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        int year = date.getYear();
        if (year < 0) {
            text.add('-');
        } else if (year > 9999) {
            text.add('+');
        }
        int shown = Math.abs(year);
        if (shown <= 9999) {
            text.padded(shown, 4);
        } else {
            text.number(shown);
        }
        text.add('-').padded(date.getMonthValue(), 2).add('-').padded(date.getDayOfMonth(), 2);
    }

    private void time(long units, long perSecond) {
        int second = (int) (units / perSecond);
        text.padded(second / 3600, 2).add(':').padded(second / 60 % 60, 2).add(':');
        text.padded(second % 60, 2);
        long nanos = units % perSecond * (NANOS_PER_SECOND / perSecond);
        if (nanos == 0) {
            return;
        }
        text.add('.');
        if (nanos % 1000 == 0) {
            text.padded(nanos / 1000, 6);
        } else {
            text.padded(nanos, 9);
        }
    }

    private void offset(int seconds) {
        if (seconds == 0) {
            text.add("+00:00");
        } else {
            text.add(ZoneOffset.ofTotalSeconds(seconds).getId());
        }
    }
}
