package dev.mxcp.types.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonNumbersTest {

    @Test
    void doubles_read_back_and_are_as_short_as_can_be() {
        var random = new Random(42);
        for (int i = 0; i < 300_000; i++) {
            double value =
                    switch (i % 5) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> random.nextInt(1_000_000) / 100.0;
                        case 2 -> random.nextGaussian() * 1e6;
                        case 3 -> random.nextLong() / 1000.0;
                        default ->
                                Math.rint(random.nextDouble() * 1e9)
                                        / 1e5
                                        * (random.nextBoolean() ? 1 : -1);
                    };
            if (!Double.isFinite(value)) {
                continue;
            }
            String text = new JsonBuffer().value(value).text();
            assertThat(Double.parseDouble(text)).isEqualTo(value);
            assertThat(new BigDecimal(text))
                    .isEqualByComparingTo(new BigDecimal(Double.toString(value)));
        }
    }

    @Test
    void doubles_are_written_plainly_where_people_would() {
        assertThat(text(0.0)).isEqualTo("0.0");
        assertThat(text(-0.0)).isEqualTo("-0.0");
        assertThat(text(1)).isEqualTo("1.0");
        assertThat(text(-12.25)).isEqualTo("-12.25");
        assertThat(text(0.001)).isEqualTo("0.001");
        assertThat(text(1e10)).isEqualTo("10000000000.0");
        assertThat(text(123456.05)).isEqualTo("123456.05");
        assertThat(text(Double.NaN)).isEqualTo("null");
    }

    private static String text(double value) {
        return new JsonBuffer().value(value).text();
    }
}
