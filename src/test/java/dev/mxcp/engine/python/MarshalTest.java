package dev.mxcp.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mxcp.types.json.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// R9.1: values between server and worker.
class MarshalTest {

    static List<Object> values() {
        return List.of(
                true,
                0L,
                -7L,
                (long) Integer.MIN_VALUE,
                1L << 40,
                -(1L << 62),
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                BigInteger.TWO.pow(127).negate(),
                BigInteger.TWO.pow(128).subtract(BigInteger.ONE),
                0.5,
                "Zürich 🪣 \ud800 lone",
                List.of(1L, List.of("a")),
                Map.of("a", Map.of("b", 1L)),
                LocalDate.of(2026, 1, 31),
                LocalTime.of(1, 2, 3),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                OffsetDateTime.parse("2026-01-31T01:02:03+02:00"),
                new Interval(1, -2, 3),
                new BigDecimal("1.10"),
                UUID.fromString("00000000-0000-0001-8000-000000000002"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void reads_what_it_writes(Object value) {
        var writer = new MarshalWriter();
        writer.any(value);

        assertThat(new MarshalReader(writer.array(), 0, writer.size()).any()).isEqualTo(value);
    }

    @Test
    void bytes_and_null_pass() {
        var writer = new MarshalWriter();
        writer.any(new byte[] {0, -1}).any(null);
        var reader = new MarshalReader(writer.array(), 0, writer.size());

        assertThat(reader.any()).isEqualTo(new byte[] {0, -1});
        assertThat(reader.any()).isNull();
    }

    @Test
    void says_whether_the_worker_has_to_put_values_together() {
        var writer = new MarshalWriter();
        assertThat(writer.any(List.of(1L, "a")).tagged()).isFalse();
        assertThat(writer.any(List.of(LocalDate.EPOCH)).tagged()).isTrue();
        writer.clear();
        assertThat(writer.tagged()).isFalse();
    }

    static List<byte[]> garbage() {
        return List.of(
                new byte[] {},
                new byte[] {'x'},
                new byte[] {'i', 1, 2},
                new byte[] {'[', -1, -1, -1, 127},
                new byte[] {'[', -1, -1, -1, -1},
                new byte[] {'s', 10, 0, 0, 0, 1},
                new byte[] {'l', 0, 0, 0, -128},
                new byte[] {'(', 0, 0, 0, 0},
                new byte[] {'(', 1, 0, 0, 0, 'i', 99, 0, 0, 0},
                new byte[] {'(', 1, 0, 0, 0, 'i', 1, 0, 0, 0},
                new byte[] {'(', 2, 0, 0, 0, 'i', 6, 0, 0, 0, 'u', 1, 0, 0, 0, 'x'},
                new byte[] {'{', 'i', 1, 0, 0, 0},
                new byte[] {'c', 0, 0, 0, 0});
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void refuses_what_is_no_message(byte[] garbage) {
        assertThatThrownBy(() -> new MarshalReader(garbage, 0, garbage.length).any())
                .isInstanceOf(MarshalReader.Garbled.class);
    }

    @Test
    void refuses_what_is_nested_without_end() {
        var writer = new MarshalWriter();
        for (int i = 0; i < 100_000; i++) {
            writer.list(1);
        }

        assertThatThrownBy(() -> new MarshalReader(writer.array(), 0, writer.size()).any())
                .isInstanceOf(MarshalReader.Garbled.class)
                .hasMessageContaining("nested");
    }
}
