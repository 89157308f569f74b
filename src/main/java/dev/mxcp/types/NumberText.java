package dev.mxcp.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers written as text, and numbers of one kind as the other (T7). Integers are [Long] where
/// they fit, else [BigInteger].
final class NumberText {
    private static final int MOST_DIGITS = 1000;
    private static final int LONG_DIGITS = 18;

    private NumberText() {}

    /// An integer from text such as `5`, `+5`, `5.0`, ` 5 `; null for anything else.
    static @Nullable Number integer(String written) {
        String text = written.strip();
        int start = signed(text) ? 1 : 0;
        int end = skipDigits(text, start);
        if (end == start || end - start > MOST_DIGITS) {
            return null;
        }
        int rest = end;
        if (rest < text.length() && text.charAt(rest) == '.') {
            rest++;
            while (rest < text.length() && text.charAt(rest) == '0') {
                rest++;
            }
        }
        if (rest != text.length()) {
            return null;
        }
        if (end - start <= LONG_DIGITS) {
            return Long.parseLong(text, 0, end, 10);
        }
        return small(new BigInteger(text.substring(text.charAt(0) == '+' ? 1 : 0, end)));
    }

    /// A number as Python's `float` reads it: with exponent, `nan`, `inf`; null for anything else.
    static @Nullable Double number(String written) {
        String text = written.strip();
        int start = signed(text) ? 1 : 0;
        if (isDecimal(text, start)) {
            return Double.valueOf(text);
        }
        double sign = start == 1 && text.charAt(0) == '-' ? -1 : 1;
        return switch (text.substring(start).toLowerCase(Locale.ROOT)) {
            case "inf", "infinity" -> sign * Double.POSITIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> null;
        };
    }

    /// An integer from a number without a fraction; null when it has one.
    static @Nullable Number integer(Number number) {
        return switch (number) {
            case Long exact -> exact;
            case BigInteger exact -> small(exact);
            case Double inexact -> integer(inexact.doubleValue());
            case Float inexact -> integer(inexact.doubleValue());
            case BigDecimal decimal -> integer(decimal);
            default -> number.longValue();
        };
    }

    /// The double nearest to a number; null when the number is too large for one.
    static @Nullable Double number(Number number) {
        double inexact = number.doubleValue();
        boolean overflow =
                Double.isInfinite(inexact)
                        && !(number instanceof Double)
                        && !(number instanceof Float);
        return overflow ? null : (Double) inexact;
    }

    /// A big integer as a Long where it fits.
    static Number small(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : (Number) number;
    }

    private static @Nullable Number integer(double number) {
        if (number != Math.rint(number) || Double.isInfinite(number)) {
            return null;
        }
        return Math.abs(number) < 1L << 53
                ? (Number) (long) number
                : small(new BigDecimal(number).toBigInteger());
    }

    private static @Nullable Number integer(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        boolean whole = stripped.scale() <= 0;
        return whole && stripped.precision() - stripped.scale() <= MOST_DIGITS
                ? small(stripped.toBigInteger())
                : null;
    }

    private static boolean signed(String text) {
        return !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
    }

    private static boolean isDecimal(String text, int start) {
        int whole = skipDigits(text, start);
        int at = whole;
        int digits = whole - start;
        if (at < text.length() && text.charAt(at) == '.') {
            at = skipDigits(text, at + 1);
            digits += at - whole - 1;
        }
        if (digits == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
                exponent++;
            }
            at = skipDigits(text, exponent);
            if (at == exponent) {
                return false;
            }
        }
        return at == text.length();
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
