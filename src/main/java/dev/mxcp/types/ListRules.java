package dev.mxcp.types;

import dev.mxcp.types.TypeDef.ListOf;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sizes and uniqueness of an array (T6), ready to be asked.
final class ListRules {
    private final int minItems;
    private final int maxItems;
    private final boolean unique;

    ListRules(ListOf type) {
        minItems = type.minItems() == null ? 0 : type.minItems();
        maxItems = type.maxItems() == null ? Integer.MAX_VALUE : type.maxItems();
        unique = type.uniqueItems();
    }

    boolean unique() {
        return unique;
    }

    boolean none() {
        return minItems == 0 && maxItems == Integer.MAX_VALUE && !unique;
    }

    /// What is wrong with the number of items, or null.
    @Nullable String sizeProblem(int size) {
        if (size < minItems) {
            return "Array must have at least " + minItems + " items";
        }
        if (size > maxItems) {
            return "Array must have at most " + maxItems + " items";
        }
        return null;
    }

    /// What is wrong when an item occurs twice, or null. Items are compared by their text, so 1 and
    /// "1" clash; numbers of the same value and objects of the same members do as well, since they
    /// do in JSON Schema.
    @Nullable String uniqueProblem(Collection<?> items) {
        if (!unique) {
            return null;
        }
        Set<String> seen = new HashSet<>(items.size() * 2);
        for (Object item : items) {
            if (!seen.add(PythonNotation.text(canonical(item)))) {
                return "Array must contain unique items";
            }
        }
        return null;
    }

    private static @Nullable Object canonical(@Nullable Object item) {
        return switch (item) {
            case Double number -> ofDouble(number);
            case Float number -> ofDouble(number.doubleValue());
            case BigDecimal number -> plain(number);
            case List<?> list -> list.stream().map(ListRules::canonical).toList();
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, @Nullable Object>();
                map.forEach((key, value) -> sorted.put(String.valueOf(key), canonical(value)));
                yield sorted;
            }
            case null, default -> item;
        };
    }

    private static Object ofDouble(double number) {
        return Double.isFinite(number) ? plain(new BigDecimal(Double.toString(number))) : number;
    }

    private static Object plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() <= 0 && stripped.precision() - stripped.scale() < 400
                ? stripped.toBigInteger()
                : stripped;
    }
}
