package dev.mxcp.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// T7: the texts of formats, and how Python shows values.
class TextReadingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024",
                "2024-01",
                "24-01-02",
                "2024-01-02T00:00:00",
                "2024-13-01",
                "0000-01-01",
                " 2024-01-02",
                "2024-01-02 ",
                "2024--1-2",
                "2024-01-"
            })
    void these_are_no_dates(String text) {
        assertThat(DateTimes.date(text)).isNull();
    }

    @Test
    void reads_dates_with_one_digit_months_and_days() {
        assertThat(DateTimes.date("2024-1-2")).isEqualTo(LocalDate.of(2024, 1, 2));
        assertThat(DateTimes.date("2024-11-2")).isEqualTo(LocalDate.of(2024, 11, 2));
        assertThat(DateTimes.date("2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
    }

    @Test
    void reads_times() {
        assertThat(DateTimes.time("1:2:3")).isEqualTo(LocalTime.of(1, 2, 3));
        assertThat(DateTimes.time("01:02:03.5")).isEqualTo(LocalTime.of(1, 2, 3, 500_000_000));
        assertThat(DateTimes.time("01:02:03Z")).isEqualTo(LocalTime.of(1, 2, 3));
        assertThat(DateTimes.time("01:02")).isNull();
        assertThat(DateTimes.time("01:02:60")).isNull();
        assertThat(DateTimes.time("01:02:03+02:00")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 2026-01-31T00:00",
        "20260131, 2026-01-31T00:00",
        "2026-01-31T10, 2026-01-31T10:00",
        "2026-01-31 10:20, 2026-01-31T10:20",
        "20260131T102030, 2026-01-31T10:20:30",
        "2026-01-31T10:20:30.5, 2026-01-31T10:20:30.500",
        "'2026-01-31T10:20:30,123456789', 2026-01-31T10:20:30.123456",
    })
    void reads_date_times_without_offset(String text, LocalDateTime expected) {
        assertThat(DateTimes.dateTime(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T10:20:30Z, 2026-01-31T10:20:30Z",
        "2026-01-31T10:20:30z, 2026-01-31T10:20:30Z",
        "2026-01-31t10:20:30+02:00, 2026-01-31T10:20:30+02:00",
        "2026-01-31 10:20:30-0230, 2026-01-31T10:20:30-02:30",
        "20260131T1020+02, 2026-01-31T10:20+02:00",
    })
    void reads_date_times_with_offset(String text, OffsetDateTime expected) {
        assertThat(DateTimes.dateTime(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-1-2",
                "2026-01-31T",
                "2026-01-31T25:00:00",
                "2026-02-30T00:00:00",
                "2026-01-31T10:20:30+99:00",
                "0000-01-01",
                "2026-01-31T10:20:60",
                "2026-01-31Z"
            })
    void these_are_no_date_times(String text) {
        assertThat(DateTimes.dateTime(text)).isNull();
    }

    /// N35: the wall clock of a zone.
    @Test
    void reads_timestamps_in_a_zone_to_the_microsecond() {
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");

        assertThat(DateTimes.timestamp(BigDecimal.ZERO, tokyo)).isEqualTo("1970-01-01T09:00:00");
        assertThat(timestamp("-1.5")).isEqualTo("1969-12-31T23:59:58.500");
        assertThat(timestamp("1.0000005")).isEqualTo("1970-01-01T00:00:01");
        assertThat(timestamp("1e-999999999")).isEqualTo("1970-01-01T00:00:00");
        assertThat(DateTimes.timestamp(new BigDecimal("1e999999999"), ZoneOffset.UTC)).isNull();
        assertThat(DateTimes.timestamp(new BigDecimal("253402300800"), ZoneOffset.UTC)).isNull();
        assertThat(DateTimes.timestamp(new BigDecimal("-62135596801"), ZoneOffset.UTC)).isNull();
    }

    private static LocalDateTime timestamp(String seconds) {
        return java.util.Objects.requireNonNull(
                DateTimes.timestamp(new BigDecimal(seconds), ZoneOffset.UTC));
    }

    @Test
    void knows_emails_by_their_beginning() {
        assertThat(List.of("a@b.c", "a b@c.d", "a@b.c.", "a@b..c", "a@b.c@d"))
                .allMatch(TextFormats::isEmail);
        assertThat(List.of("", "@b.c", "a@b", "a@.c", "a@b.", "ab.c", "a@b@c.d"))
                .noneMatch(TextFormats::isEmail);
    }

    @Test
    void knows_uris_by_their_scheme() {
        assertThat(List.of("http://x", "a+b-c.1:", "urn:a b")).allMatch(TextFormats::isUri);
        assertThat(List.of("", ":x", "1a:x", "a_b:x", "ab", "a:b\nc"))
                .noneMatch(TextFormats::isUri);
    }

    @Test
    void knows_durations() {
        List<String> strict = List.of("P", "PT", "P1Y2M3DT4H5M6S", "P1M", "PT1M", "P3DT6S");
        List<String> written = List.of("P1DT2H0M0.500000S", "P-1DT-2H0M-0.5S");

        assertThat(strict)
                .allMatch(TextFormats::isDuration)
                .allMatch(TextFormats::isWrittenDuration);
        assertThat(written)
                .noneMatch(TextFormats::isDuration)
                .allMatch(TextFormats::isWrittenDuration);
        assertThat(
                        List.of(
                                "", "1D", "P1W", "P1", "P1S", "PT1D", "P2D1Y", "P1D ", "P1.5D",
                                "PT1.5H", "P1D1D", "P-D"))
                .noneMatch(TextFormats::isWrittenDuration);
    }

    @Test
    void shows_values_as_python_does() {
        assertThat(PythonNotation.number(1)).isEqualTo("1.0");
        assertThat(PythonNotation.number(0.1)).isEqualTo("0.1");
        assertThat(PythonNotation.number(-0.0)).isEqualTo("-0.0");
        assertThat(PythonNotation.number(123456789.125)).isEqualTo("123456789.125");
        assertThat(PythonNotation.number(1e15)).isEqualTo("1000000000000000.0");
        assertThat(PythonNotation.number(1e16)).isEqualTo("1e+16");
        assertThat(PythonNotation.number(1.5e-5)).isEqualTo("1.5e-05");
        assertThat(PythonNotation.number(1e300)).isEqualTo("1e+300");
        assertThat(PythonNotation.number(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
        assertThat(PythonNotation.shown("it's")).isEqualTo("\"it's\"");
        assertThat(PythonNotation.shown("a'\"\n\u0001")).isEqualTo("'a\\'\"\\n\\x01'");
        assertThat(PythonNotation.text(List.of(true, 1.0, "a", Map.of("k", 1L))))
                .isEqualTo("[True, 1.0, 'a', {'k': 1}]");
    }
}
