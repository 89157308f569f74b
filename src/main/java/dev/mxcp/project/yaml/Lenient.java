package dev.mxcp.project.yaml;

import dev.mxcp.project.yaml.YamlValue.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The lenient typing of configuration values (section 0): what counts as a boolean, an integer, a
/// number. Each answers null for what does not.
final class Lenient {
    private static final Pattern NUMERIC =
            Pattern.compile("[-+]?(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?");

    private Lenient() {}

    /// Booleans, 0 and 1, and the words of YAML 1.1 with their initials in any case.
    static @Nullable Boolean bool(Scalar scalar) {
        return switch (scalar.value()) {
            case Boolean value -> value;
            case Long value when value == 0 || value == 1 -> value == 1;
            case Double value when value == 0 || value == 1 -> value == 1;
            case String text ->
                    switch (text.strip().toLowerCase(Locale.ROOT)) {
                        case "true", "yes", "on", "t", "y", "1" -> true;
                        case "false", "no", "off", "f", "n", "0" -> false;
                        default -> null;
                    };
            case null, default -> null;
        };
    }

    /// Integers, integral floats, numeric text.
    static @Nullable BigInteger integer(Scalar scalar) {
        return switch (scalar.value()) {
            case Long value -> BigInteger.valueOf(value);
            case BigInteger value -> value;
            case Double value when Double.isFinite(value) && value == Math.rint(value) ->
                    new BigDecimal(value).toBigInteger();
            case String text -> {
                BigDecimal number = decimal(text);
                yield number == null || number.stripTrailingZeros().scale() > 0
                        ? null
                        : number.toBigInteger();
            }
            case null, default -> null;
        };
    }

    /// Integers, floats, numeric text.
    static @Nullable Double number(Scalar scalar) {
        return switch (scalar.value()) {
            case Long value -> value.doubleValue();
            case BigInteger value -> value.doubleValue();
            case Double value -> value;
            case String text -> {
                BigDecimal number = decimal(text);
                yield number == null ? null : number.doubleValue();
            }
            case null, default -> null;
        };
    }

    private static @Nullable BigDecimal decimal(String text) {
        String bare = text.strip();
        return bare.length() < 400 && NUMERIC.matcher(bare).matches()
                ? new BigDecimal(bare.replace("_", ""))
                : null;
    }
}
