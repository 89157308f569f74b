package dev.mxcp.engine.prompt;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Arithmetic as Python does it: integers never overflow, `/` gives a float, `//` and `%` round
/// down, booleans are 0 and 1.
final class Numbers {
    /// Digits that a power may have, so that no template computes for minutes.
    private static final int LONGEST_POWER = 10_000;

    private Numbers() {}

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    static boolean isInteger(@Nullable Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof BigInteger
                || value instanceof Boolean;
    }

    /// A Long where it fits.
    static Object integer(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : (Object) value;
    }

    static BigInteger big(@Nullable Object value) {
        return switch (value) {
            case BigInteger big -> big;
            case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
            case Number number -> BigInteger.valueOf(number.longValue());
            case null, default -> throw notNumber(value);
        };
    }

    static double real(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> truth ? 1 : 0;
            case Number number -> number.doubleValue();
            case null, default -> throw notNumber(value);
        };
    }

    static long toLong(@Nullable Object value) {
        if (isInteger(value)) {
            BigInteger big = big(value);
            if (big.bitLength() < 64) {
                return big.longValue();
            }
        }
        throw new TemplateException(
                "'%s' object cannot be interpreted as an integer"
                        .formatted(PythonText.type(value)));
    }

    static int toInt(@Nullable Object value) {
        return Math.clamp(toLong(value), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static int compare(@Nullable Object a, @Nullable Object b) {
        if (isInteger(a) && isInteger(b)) {
            return big(a).compareTo(big(b));
        }
        double x = real(a);
        double y = real(b);
        return x == y ? 0 : x < y ? -1 : 1;
    }

    static Object calculate(String operator, @Nullable Object a, @Nullable Object b) {
        boolean integers = isInteger(a) && isInteger(b);
        return switch (operator) {
            case "+" -> integers ? integer(big(a).add(big(b))) : (Object) (real(a) + real(b));
            case "-" -> integers ? integer(big(a).subtract(big(b))) : (Object) (real(a) - real(b));
            case "*" -> integers ? integer(big(a).multiply(big(b))) : (Object) (real(a) * real(b));
            case "/" -> real(a) / nonZero(b);
            case "//" ->
                    integers
                            ? integer(floor(big(a), big(b))[0])
                            : (Object) Math.floor(real(a) / nonZero(b));
            case "%" ->
                    integers
                            ? integer(floor(big(a), big(b))[1])
                            : (Object) (real(a) - Math.floor(real(a) / nonZero(b)) * real(b));
            case "**" -> power(a, b, integers);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static double nonZero(@Nullable Object b) {
        double divisor = real(b);
        if (divisor == 0) {
            throw new TemplateException("division by zero");
        }
        return divisor;
    }

    private static BigInteger[] floor(BigInteger a, BigInteger b) {
        if (b.signum() == 0) {
            throw new TemplateException("integer division or modulo by zero");
        }
        BigInteger[] parts = a.divideAndRemainder(b);
        if (parts[1].signum() != 0 && parts[1].signum() != b.signum()) {
            parts[0] = parts[0].subtract(BigInteger.ONE);
            parts[1] = parts[1].add(b);
        }
        return parts;
    }

    private static Object power(@Nullable Object a, @Nullable Object b, boolean integers) {
        if (!integers || big(b).signum() < 0) {
            return Math.pow(real(a), real(b));
        }
        BigInteger base = big(a);
        long exponent = toLong(b);
        boolean huge = base.bitLength() > 1 && exponent > LONGEST_POWER / base.bitLength() * 4L;
        if (huge || exponent > Integer.MAX_VALUE) {
            throw new TemplateException("the power is too large");
        }
        return integer(base.pow((int) exponent));
    }

    static Object negate(@Nullable Object value) {
        return isInteger(value) ? integer(big(value).negate()) : (Object) (-real(value));
    }

    /// The `round` filter: always a float.
    static double round(double value, int precision, String method) {
        if (!Double.isFinite(value)) {
            return value;
        }
        RoundingMode mode =
                switch (method) {
                    case "common" -> RoundingMode.HALF_EVEN;
                    case "ceil" -> RoundingMode.CEILING;
                    case "floor" -> RoundingMode.FLOOR;
                    default -> throw new TemplateException("method must be common, ceil or floor");
                };
        return new BigDecimal(value).setScale(Math.clamp(precision, -300, 300), mode).doubleValue();
    }

    private static TemplateException notNumber(@Nullable Object value) {
        if (value instanceof Values.Undefined undefined) {
            return undefined.failure();
        }
        return new TemplateException("'%s' is not a number".formatted(PythonText.type(value)));
    }
}
