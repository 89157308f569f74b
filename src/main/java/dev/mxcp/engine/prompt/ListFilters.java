package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Given;
import dev.mxcp.engine.prompt.Values.Thing;
import dev.mxcp.engine.prompt.Values.Tuple;
import dev.mxcp.engine.prompt.Values.Undefined;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Jinja2's filters that work on the items of a list.
final class ListFilters {
    static final Set<String> NAMES =
            Set.of(
                    "batch",
                    "dictsort",
                    "first",
                    "groupby",
                    "join",
                    "last",
                    "list",
                    "map",
                    "max",
                    "min",
                    "reject",
                    "rejectattr",
                    "reverse",
                    "select",
                    "selectattr",
                    "slice",
                    "sort",
                    "sum",
                    "unique");

    private ListFilters() {}

    static @Nullable Object apply(String name, @Nullable Object value, Given given) {
        return switch (name) {
            case "first" -> {
                List<@Nullable Object> all = Values.items(value);
                yield all.isEmpty() ? new Undefined("first") : all.getFirst();
            }
            case "last" -> {
                List<@Nullable Object> all = Values.items(value);
                yield all.isEmpty() ? new Undefined("last") : all.getLast();
            }
            case "list" -> new ArrayList<@Nullable Object>(Values.items(value));
            case "join" -> join(value, given);
            case "reverse" -> reverse(value);
            case "sort" -> sort(value, given);
            case "min" -> most(value, given, true);
            case "max" -> most(value, given, false);
            case "sum" -> sum(value, given);
            case "unique" -> unique(value, given);
            case "map" -> map(value, given);
            case "select" -> chosen(value, given, false, true);
            case "reject" -> chosen(value, given, false, false);
            case "selectattr" -> chosen(value, given, true, true);
            case "rejectattr" -> chosen(value, given, true, false);
            case "groupby" -> groups(value, given);
            case "batch" -> batch(value, given);
            case "slice" -> slices(value, given);
            case "dictsort" -> dictSort(value, given);
            default -> throw new TemplateException("No filter named '%s'".formatted(name));
        };
    }

    /// What an attribute's path (`owner.name`, `0`) gives of an item.
    private static UnaryOperator<@Nullable Object> path(@Nullable Object attribute) {
        if (attribute == null) {
            return item -> item;
        }
        String[] parts = PythonText.str(attribute).split("\\.", -1);
        return item -> {
            Object value = item;
            for (String part : parts) {
                value =
                        Values.item(
                                value,
                                part.matches("\\d{1,9}") ? (Object) Long.valueOf(part) : part);
            }
            return value;
        };
    }

    private static UnaryOperator<@Nullable Object> sortKey(
            @Nullable Object attribute, boolean cases) {
        UnaryOperator<@Nullable Object> path = path(attribute);
        return item -> {
            Object key = path.apply(item);
            return !cases && key instanceof String text ? text.toLowerCase(Locale.ROOT) : key;
        };
    }

    private static String join(@Nullable Object value, Given given) {
        UnaryOperator<@Nullable Object> path = path(given.get(1, "attribute", null));
        var items = new ArrayList<@Nullable Object>();
        for (Object item : Values.items(value)) {
            items.add(path.apply(item));
        }
        return Texts.joined(given.text(0, "d", ""), items);
    }

    private static Object reverse(@Nullable Object value) {
        if (value instanceof String text) {
            return new StringBuilder(text).reverse().toString();
        }
        var all = new ArrayList<@Nullable Object>(Values.items(value));
        Collections.reverse(all);
        return all;
    }

    private static Object sort(@Nullable Object value, Given given) {
        boolean reverse = given.flag(0, "reverse", false);
        boolean cases = given.flag(1, "case_sensitive", false);
        Object attribute = given.get(2, "attribute", null);
        Comparator<@Nullable Object> order = null;
        for (String part :
                attribute == null ? new String[] {""} : PythonText.str(attribute).split(",")) {
            UnaryOperator<@Nullable Object> key =
                    sortKey(part.isEmpty() ? null : part.strip(), cases);
            Comparator<@Nullable Object> next =
                    (a, b) -> Values.compare(key.apply(a), key.apply(b));
            order = order == null ? next : order.thenComparing(next);
        }
        var all = new ArrayList<@Nullable Object>(Values.items(value));
        all.sort(order == null || !reverse ? order : order.reversed());
        return all;
    }

    private static @Nullable Object most(@Nullable Object value, Given given, boolean least) {
        UnaryOperator<@Nullable Object> key =
                sortKey(given.get(1, "attribute", null), given.flag(0, "case_sensitive", false));
        List<@Nullable Object> all = Values.items(value);
        if (all.isEmpty()) {
            return new Undefined(least ? "min" : "max");
        }
        Object best = all.getFirst();
        for (Object item : all.subList(1, all.size())) {
            int order = Values.compare(key.apply(item), key.apply(best));
            best = least ? (order < 0 ? item : best) : (order > 0 ? item : best);
        }
        return best;
    }

    private static @Nullable Object sum(@Nullable Object value, Given given) {
        UnaryOperator<@Nullable Object> path = path(given.get(0, "attribute", null));
        Object sum = given.get(1, "start", 0L);
        for (Object item : Values.items(value)) {
            sum = Numbers.calculate("+", sum, path.apply(item));
        }
        return sum;
    }

    private static Object unique(@Nullable Object value, Given given) {
        UnaryOperator<@Nullable Object> key =
                sortKey(given.get(1, "attribute", null), given.flag(0, "case_sensitive", false));
        var seen = new java.util.HashSet<@Nullable Object>();
        var all = new ArrayList<@Nullable Object>();
        for (Object item : Values.items(value)) {
            if (seen.add(key.apply(item))) {
                all.add(item);
            }
        }
        return all;
    }

    private static Object map(@Nullable Object value, Given given) {
        var all = new ArrayList<@Nullable Object>();
        boolean byAttribute = given.positional().isEmpty();
        UnaryOperator<@Nullable Object> path =
                path(byAttribute ? given.named().get("attribute") : null);
        String filter = byAttribute ? "" : PythonText.str(given.positional().getFirst());
        if (!byAttribute && !Filters.known(filter)) {
            throw new TemplateException("No filter named '%s'".formatted(filter));
        }
        Given rest = byAttribute ? Given.NOTHING : after(given, 1);
        for (Object item : Values.items(value)) {
            if (byAttribute) {
                Object found = path.apply(item);
                all.add(
                        found instanceof Undefined && given.named().containsKey("default")
                                ? given.named().get("default")
                                : found);
            } else {
                all.add(Filters.apply(filter, item, rest));
            }
        }
        return all;
    }

    private static Given after(Given given, int count) {
        List<@Nullable Object> all = given.positional();
        return new Given(all.subList(Math.min(count, all.size()), all.size()), given.named());
    }

    private static Object chosen(
            @Nullable Object value, Given given, boolean byAttribute, boolean wanted) {
        UnaryOperator<@Nullable Object> path =
                path(byAttribute ? given.required(0, "attribute") : null);
        Given rest = byAttribute ? after(given, 1) : given;
        String test =
                rest.positional().isEmpty() ? "" : PythonText.str(rest.positional().getFirst());
        if (!test.isEmpty() && !Tests.known(test)) {
            throw new TemplateException("No test named '%s'".formatted(test));
        }
        Given arguments = after(rest, 1);
        var all = new ArrayList<@Nullable Object>();
        for (Object item : Values.items(value)) {
            Object looked = path.apply(item);
            boolean holds =
                    test.isEmpty() ? Values.truth(looked) : Tests.holds(test, looked, arguments);
            if (holds == wanted) {
                all.add(item);
            }
        }
        return all;
    }

    /// A group; unpacks like a pair, and has `grouper` and `list`.
    record Group(@Nullable Object grouper, List<@Nullable Object> list) implements Thing {
        @Override
        public @Nullable Object attribute(String name) {
            return switch (name) {
                case "grouper" -> grouper;
                case "list" -> list;
                default -> new Undefined(name);
            };
        }
    }

    private static Object groups(@Nullable Object value, Given given) {
        Object attribute = given.required(0, "attribute");
        UnaryOperator<@Nullable Object> key =
                sortKey(attribute, given.flag(2, "case_sensitive", false));
        UnaryOperator<@Nullable Object> path = path(attribute);
        var sorted = new ArrayList<@Nullable Object>(Values.items(value));
        sorted.sort((a, b) -> Values.compare(key.apply(a), key.apply(b)));
        var groups = new ArrayList<@Nullable Object>();
        List<@Nullable Object> current = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            current.add(sorted.get(i));
            boolean last =
                    i == sorted.size() - 1
                            || !Values.equal(
                                    key.apply(sorted.get(i)), key.apply(sorted.get(i + 1)));
            if (last) {
                groups.add(new Group(path.apply(current.getFirst()), current));
                current = new ArrayList<>();
            }
        }
        return groups;
    }

    /// The pair that a group is where a loop unpacks it.
    static @Nullable Object unpacked(@Nullable Object value) {
        if (!(value instanceof Group(Object grouper, List<@Nullable Object> list))) {
            return value;
        }
        var pair = new ArrayList<@Nullable Object>();
        pair.add(grouper);
        pair.add(list);
        return new Tuple(pair);
    }

    private static Object batch(@Nullable Object value, Given given) {
        int size = Math.max(1, given.integer(0, "linecount", 1));
        Object fill = given.get(1, "fill_with", null);
        var batches = new ArrayList<@Nullable Object>();
        List<@Nullable Object> all = Values.items(value);
        for (int from = 0; from < all.size(); from += size) {
            var batch =
                    new ArrayList<@Nullable Object>(
                            all.subList(from, Math.min(from + size, all.size())));
            while (fill != null && batch.size() < Math.min(size, 100_000)) {
                batch.add(fill);
            }
            batches.add(batch);
        }
        return batches;
    }

    private static Object slices(@Nullable Object value, Given given) {
        int count = Math.clamp(given.integer(0, "slices", 1), 1, 100_000);
        Object fill = given.get(1, "fill_with", null);
        List<@Nullable Object> all = Values.items(value);
        int each = all.size() / count;
        int longer = all.size() % count;
        var slices = new ArrayList<@Nullable Object>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = from + each + (i < longer ? 1 : 0);
            var slice = new ArrayList<@Nullable Object>(all.subList(from, to));
            if (fill != null && longer > 0 && i >= longer) {
                slice.add(fill);
            }
            slices.add(slice);
            from = to;
        }
        return slices;
    }

    private static Object dictSort(@Nullable Object value, Given given) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateException("dictsort needs a mapping");
        }
        int by = given.text(1, "by", "key").equals("value") ? 1 : 0;
        UnaryOperator<@Nullable Object> key =
                sortKey((long) by, given.flag(0, "case_sensitive", false));
        var entries = new ArrayList<@Nullable Object>(Methods.entries(new LinkedHashMap<>(map)));
        Comparator<@Nullable Object> order = (a, b) -> Values.compare(key.apply(a), key.apply(b));
        entries.sort(given.flag(2, "reverse", false) ? order.reversed() : order);
        return entries;
    }
}
