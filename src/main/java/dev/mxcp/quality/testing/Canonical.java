package dev.mxcp.quality.testing;

import dev.mxcp.types.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Values in a form in which those that mean the same are equal (cli Q3.4): what JSON lacks is the
/// text that JSON has for it, NaN is null, numbers are equal by value, keys are sorted.
final class Canonical {
    private static final double LARGEST_EXACT = 1L << 53;

    private Canonical() {}

    /// For `result`: true is not 1.
    static @Nullable Object strict(@Nullable Object value) {
        return canonical(plain(value), false);
    }

    /// For all other assertions: true is 1 and false is 0, as in Python.
    static @Nullable Object loose(@Nullable Object value) {
        return canonical(plain(value), true);
    }

    /// The value as a client of the endpoint would see it.
    static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String _, Boolean _, Long _, BigInteger _ -> value;
            default -> Json.parse(Json.text(value));
        };
    }

    private static @Nullable Object canonical(@Nullable Object value, boolean truthIsNumber) {
        return switch (value) {
            case Boolean truth when truthIsNumber -> truth ? 1L : 0L;
            case Double number -> number(number);
            case BigInteger number when number.bitLength() < Long.SIZE -> number.longValue();
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> items.add(canonical(item, truthIsNumber)));
                yield items;
            }
            case Map<?, ?> map -> {
                var members = new TreeMap<String, @Nullable Object>();
                map.forEach((key, item) ->
                        members.put(String.valueOf(key), canonical(item, truthIsNumber)));
                yield members;
            }
            case null, default -> value;
        };
    }

    private static Object number(double number) {
        if (number != Math.rint(number) || Double.isInfinite(number)) {
            return number;
        }
        if (Math.abs(number) < LARGEST_EXACT) {
            return (long) number;
        }
        BigInteger whole = new BigDecimal(number).toBigInteger();
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }
}
