package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Function;
import dev.mxcp.engine.prompt.Values.Given;
import dev.mxcp.engine.prompt.Values.Namespace;
import dev.mxcp.engine.prompt.Values.Thing;
import dev.mxcp.engine.prompt.Values.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names that every template has: `range`, `dict`, `lipsum`, `cycler`, `joiner`, `namespace`.
final class Globals {
    /// They count as declared (V6).
    static final Set<String> NAMES =
            Set.of("range", "dict", "lipsum", "cycler", "joiner", "namespace");

    private static final int LONGEST_RANGE = 100_000;
    private static final String LIPSUM =
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.";

    private Globals() {}

    static @Nullable Object of(String name) {
        return switch (name) {
            case "range" -> (Function) Globals::range;
            case "dict" -> (Function) Globals::dict;
            case "namespace" -> (Function) given -> new Namespace(dict(given));
            case "cycler" -> (Function) given -> new Cycler(given.positional());
            case "joiner" -> (Function) given -> new Joiner(given.text(0, "sep", ", "));
            case "lipsum" -> (Function) Globals::lipsum;
            default -> new Undefined(name);
        };
    }

    private static Object range(Given given) {
        List<@Nullable Object> ends = given.positional();
        if (ends.isEmpty() || ends.size() > 3) {
            throw new TemplateException("range expects 1 to 3 arguments, got " + ends.size());
        }
        long from = ends.size() == 1 ? 0 : Numbers.toLong(ends.getFirst());
        long to = Numbers.toLong(ends.get(ends.size() == 1 ? 0 : 1));
        long step = ends.size() == 3 ? Numbers.toLong(ends.get(2)) : 1;
        if (step == 0) {
            throw new TemplateException("range() arg 3 must not be zero");
        }
        var numbers = new ArrayList<@Nullable Object>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            if (numbers.size() == LONGEST_RANGE) {
                throw new TemplateException(
                        "Range too big. The longest range is %d numbers.".formatted(LONGEST_RANGE));
            }
            numbers.add(i);
        }
        return numbers;
    }

    private static Map<String, @Nullable Object> dict(Given given) {
        Map<String, @Nullable Object> dict = new LinkedHashMap<>();
        for (Object source : given.positional()) {
            if (source instanceof Map<?, ?> map) {
                map.forEach((key, value) -> dict.put(PythonText.str(key), value));
            } else {
                for (Object pair : Values.items(source)) {
                    List<@Nullable Object> both = Values.items(pair);
                    if (both.size() != 2) {
                        throw new TemplateException("dict() needs pairs");
                    }
                    dict.put(PythonText.str(both.getFirst()), both.getLast());
                }
            }
        }
        dict.putAll(given.named());
        return dict;
    }

    private static Object lipsum(Given given) {
        int count = Math.clamp(given.integer(0, "n", 5), 0, 100);
        boolean html = given.flag(1, "html", true);
        var paragraphs = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            paragraphs.add(html ? "<p>" + LIPSUM + "</p>" : LIPSUM);
        }
        return String.join(html ? "\n" : "\n\n", paragraphs);
    }

    /// Gives its items one after another, again and again.
    private static final class Cycler implements Thing {
        private final List<@Nullable Object> items;
        private int at;

        Cycler(List<@Nullable Object> items) {
            if (items.isEmpty()) {
                throw new TemplateException("at least one item has to be provided");
            }
            this.items = items;
        }

        @Override
        public @Nullable Object attribute(String name) {
            return switch (name) {
                case "current" -> items.get(at);
                case "next" ->
                        (Function)
                                given -> {
                                    Object current = items.get(at);
                                    at = (at + 1) % items.size();
                                    return current;
                                };
                case "reset" ->
                        (Function)
                                given -> {
                                    at = 0;
                                    return null;
                                };
                default -> new Undefined(name);
            };
        }
    }

    /// Gives nothing the first time and the separator from then on.
    private static final class Joiner implements Function {
        private final String separator;
        private boolean used;

        Joiner(String separator) {
            this.separator = separator;
        }

        @Override
        public Object call(Given given) {
            String text = used ? separator : "";
            used = true;
            return text;
        }
    }
}
