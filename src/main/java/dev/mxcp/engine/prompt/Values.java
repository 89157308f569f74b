package dev.mxcp.engine.prompt;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values a template works with, beside those that arguments are (text, numbers, booleans,
/// null, dates and times, lists, maps), and what Python asks of all of them.
final class Values {
    private Values() {}

    /// What a name that is not there stands for: renders as nothing, is false, has no items.
    ///
    /// @param name what was looked for, for messages
    record Undefined(String name) {
        TemplateException failure() {
            return new TemplateException("'%s' is undefined".formatted(name));
        }
    }

    /// A tuple; only its text form differs from a list's.
    record Tuple(List<@Nullable Object> items) {}

    /// Something that can be called.
    @FunctionalInterface
    interface Function {
        @Nullable Object call(Given given);
    }

    /// Something with attributes.
    interface Thing {
        /// The attribute, or [Undefined].
        @Nullable Object attribute(String name);
    }

    /// What a namespace holds; the one thing that a template can assign into.
    record Namespace(Map<String, @Nullable Object> members) implements Thing {
        @Override
        public @Nullable Object attribute(String name) {
            return members.containsKey(name) ? members.get(name) : new Undefined(name);
        }
    }

    /// The arguments of a call.
    record Given(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
        static final Given NOTHING = new Given(List.of(), Map.of());

        /// The argument at a position or of a name, else the fallback.
        @Nullable Object get(int position, String name, @Nullable Object fallback) {
            if (position < positional.size()) {
                return positional.get(position);
            }
            return named.containsKey(name) ? named.get(name) : fallback;
        }

        String text(int position, String name, String fallback) {
            Object value = get(position, name, fallback);
            return PythonText.str(value);
        }

        int integer(int position, String name, int fallback) {
            Object value = get(position, name, (long) fallback);
            return Numbers.toInt(value);
        }

        boolean flag(int position, String name, boolean fallback) {
            return truth(get(position, name, fallback));
        }

        @Nullable Object required(int position, String name) {
            if (position >= positional.size() && !named.containsKey(name)) {
                throw new TemplateException("missing argument '%s'".formatted(name));
            }
            return get(position, name, null);
        }
    }

    static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Undefined _ -> false;
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case BigInteger number -> number.signum() != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case Collection<?> items -> !items.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case Tuple tuple -> !tuple.items().isEmpty();
            default -> true;
        };
    }

    /// The items that a loop goes through: keys of a map, characters of a text.
    static List<@Nullable Object> items(@Nullable Object value) {
        return switch (value) {
            case Undefined _ -> List.of();
            case Collection<?> items -> new ArrayList<@Nullable Object>(items);
            case Tuple tuple -> tuple.items();
            case Map<?, ?> map -> new ArrayList<@Nullable Object>(map.keySet());
            case String text -> {
                var characters = new ArrayList<@Nullable Object>();
                text.codePoints().forEach(point -> characters.add(Character.toString(point)));
                yield characters;
            }
            case null, default ->
                    throw new TemplateException(
                            "'%s' object is not iterable".formatted(PythonText.type(value)));
        };
    }

    static boolean iterable(@Nullable Object value) {
        return value instanceof Collection<?>
                || value instanceof Tuple
                || value instanceof Map<?, ?>
                || value instanceof String
                || value instanceof Undefined;
    }

    static long length(@Nullable Object value) {
        return switch (value) {
            case Undefined _ -> 0;
            case String text -> text.codePointCount(0, text.length());
            case Collection<?> items -> items.size();
            case Map<?, ?> map -> map.size();
            case Tuple tuple -> tuple.items().size();
            case null, default ->
                    throw new TemplateException(
                            "object of type '%s' has no len()".formatted(PythonText.type(value)));
        };
    }

    /// Python's `==`.
    static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Undefined && b instanceof Undefined) {
            return true;
        }
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Numbers.compare(a, b) == 0;
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return equalItems(x, y);
        }
        if (a instanceof Tuple(var x) && b instanceof Tuple(var y)) {
            return equalItems(x, y);
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.size() == y.size()
                    && x.keySet().stream()
                            .allMatch(key -> y.containsKey(key) && equal(x.get(key), y.get(key)));
        }
        return a == null ? b == null : a.equals(b);
    }

    private static boolean equalItems(List<?> x, List<?> y) {
        if (x.size() != y.size()) {
            return false;
        }
        for (int i = 0; i < x.size(); i++) {
            if (!equal(x.get(i), y.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Python's order; values of different kinds have none.
    @SuppressWarnings({"unchecked", "rawtypes"}) // both are of one class
    static int compare(@Nullable Object a, @Nullable Object b) {
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Numbers.compare(a, b);
        }
        if (a instanceof Tuple(var x) && b instanceof Tuple(var y)) {
            return compareItems(x, y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return compareItems(x, y);
        }
        if (a instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (b instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (a instanceof Comparable first && b != null && a.getClass() == b.getClass()) {
            return first.compareTo(b);
        }
        throw new TemplateException(
                "'<' not supported between instances of '%s' and '%s'"
                        .formatted(PythonText.type(a), PythonText.type(b)));
    }

    private static int compareItems(List<?> x, List<?> y) {
        for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
            if (!equal(x.get(i), y.get(i))) {
                return compare(x.get(i), y.get(i));
            }
        }
        return Integer.compare(x.size(), y.size());
    }

    static boolean contains(@Nullable Object container, @Nullable Object item) {
        return switch (container) {
            case String text when item instanceof String part -> text.contains(part);
            case String _ ->
                    throw new TemplateException(
                            "'in <string>' requires string as left operand, not "
                                    + PythonText.type(item));
            case Map<?, ?> map -> map.keySet().stream().anyMatch(key -> equal(key, item));
            case null, default ->
                    items(container).stream().anyMatch(candidate -> equal(candidate, item));
        };
    }

    /// What `value.name` gives: an attribute or method, else an item of that name.
    static @Nullable Object attribute(@Nullable Object value, String name) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (value instanceof Thing thing) {
            return thing.attribute(name);
        }
        Object method = Methods.of(value, name);
        if (!(method instanceof Undefined)) {
            return method;
        }
        return value instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : method;
    }

    /// What `value[key]` gives: an item, else an attribute of that name.
    static @Nullable Object item(@Nullable Object value, @Nullable Object key) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (value instanceof Map<?, ?> map) {
            if (map.containsKey(key)) {
                return map.get(key);
            }
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (equal(entry.getKey(), key)) {
                    return entry.getValue();
                }
            }
            return key instanceof String name ? Methods.of(map, name) : missing(key);
        }
        if (Numbers.isInteger(key)) {
            if (value instanceof String || value instanceof List<?> || value instanceof Tuple) {
                List<@Nullable Object> all = items(value);
                long index = Numbers.toLong(key);
                long at = index < 0 ? index + all.size() : index;
                return at >= 0 && at < all.size() ? all.get((int) at) : missing(key);
            }
            return missing(key);
        }
        return key instanceof String name ? attribute(value, name) : missing(key);
    }

    private static Undefined missing(@Nullable Object key) {
        return new Undefined(PythonText.str(key));
    }

    /// A map that keeps its order, from names and values.
    static Map<String, @Nullable Object> copy(Map<String, ? extends @Nullable Object> map) {
        return new LinkedHashMap<>(map);
    }
}
