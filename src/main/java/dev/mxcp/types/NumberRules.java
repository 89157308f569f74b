package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Bounds;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// The limits of an integer or a number (T6), ready to be asked. Integers are compared exactly,
/// whatever their size.
final class NumberRules {
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private final @Nullable Limit[] limits;
    private final double multipleOf;

    NumberRules(Bounds bounds) {
        limits =
                new @Nullable Limit[] {
                    Limit.of(bounds.minimum(), ">="),
                    Limit.of(bounds.maximum(), "<="),
                    Limit.of(bounds.exclusiveMinimum(), ">"),
                    Limit.of(bounds.exclusiveMaximum(), "<")
                };
        multipleOf = bounds.multipleOf() == null ? 0 : Math.abs(bounds.multipleOf());
    }

    private record Limit(double bound, String sign) {
        static @Nullable Limit of(@Nullable Double bound, String sign) {
            return bound == null ? null : new Limit(bound, sign);
        }

        /// @param order of the value against the bound: negative, zero or positive
        boolean admits(int order) {
            return switch (sign) {
                case ">=" -> order >= 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order < 0;
            };
        }
    }

    boolean none() {
        for (Limit limit : limits) {
            if (limit != null) {
                return false;
            }
        }
        return multipleOf == 0;
    }

    /// What is wrong with a number, or null. Not-a-number passes the limits.
    @Nullable String problem(Number value) {
        for (Limit limit : limits) {
            if (limit != null && !isNaN(value) && !limit.admits(order(value, limit.bound))) {
                return "Value must be " + limit.sign + " " + PythonNotation.number(limit.bound);
            }
        }
        if (multipleOf != 0 && !isMultiple(value)) {
            return "Value must be multiple of " + PythonNotation.number(multipleOf);
        }
        return null;
    }

    private static boolean isNaN(Number value) {
        return value instanceof Double number && number.isNaN();
    }

    private static int order(Number value, double bound) {
        if (value instanceof Long number && number > -EXACT_IN_DOUBLE && number < EXACT_IN_DOUBLE) {
            return Double.compare(number, bound + 0.0);
        }
        if (value instanceof Double || value instanceof Float || Double.isInfinite(bound)) {
            double number = value.doubleValue();
            return number < bound ? -1 : number > bound ? 1 : 0;
        }
        return exact(value).compareTo(new BigDecimal(bound));
    }

    private boolean isMultiple(Number value) {
        if (value instanceof Double || value instanceof Float) {
            return value.doubleValue() % multipleOf == 0;
        }
        if (multipleOf == Math.rint(multipleOf) && multipleOf < EXACT_IN_DOUBLE) {
            long step = (long) multipleOf;
            return value instanceof Long number
                    ? number % step == 0
                    : exact(value).remainder(BigDecimal.valueOf(step)).signum() == 0;
        }
        return value instanceof BigDecimal number
                ? number.remainder(new BigDecimal(Double.toString(multipleOf))).signum() == 0
                : value.doubleValue() % multipleOf == 0;
    }

    private static BigDecimal exact(Number value) {
        return switch (value) {
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            default -> BigDecimal.valueOf(value.longValue());
        };
    }
}
