package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Function;
import dev.mxcp.engine.prompt.Values.Given;
import dev.mxcp.engine.prompt.Values.Tuple;
import dev.mxcp.engine.prompt.Values.Undefined;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The methods of Python's own types that templates use: of texts, lists, maps, dates and times.
/// This list, and nothing of Java, is what a template can reach.
final class Methods {
    private Methods() {}

    /// The bound method or attribute, or [Undefined].
    static @Nullable Object of(@Nullable Object value, String name) {
        return switch (value) {
            case String text -> ofText(text, name);
            case Map<?, ?> map -> ofMap(map, name);
            case List<?> list -> ofList(list, name);
            case Tuple(var items) -> ofList(items, name);
            case LocalDate date -> ofDate(date, name);
            case LocalTime time -> ofTime(time, name);
            case LocalDateTime time -> ofDateTime(time, "", name);
            case OffsetDateTime time ->
                    ofDateTime(time.toLocalDateTime(), PythonText.offset(time.getOffset()), name);
            case null, default -> new Undefined(name);
        };
    }

    private static Object ofText(String text, String name) {
        Function function =
                switch (name) {
                    case "upper" -> given -> text.toUpperCase(Locale.ROOT);
                    case "lower", "casefold" -> given -> text.toLowerCase(Locale.ROOT);
                    case "title" -> given -> Texts.title(text, false);
                    case "capitalize" -> given -> Texts.capitalized(text);
                    case "swapcase" -> given -> Texts.swapped(text);
                    case "strip" ->
                            given -> Texts.stripped(text, given.get(0, "chars", null), true, true);
                    case "lstrip" ->
                            given -> Texts.stripped(text, given.get(0, "chars", null), true, false);
                    case "rstrip" ->
                            given -> Texts.stripped(text, given.get(0, "chars", null), false, true);
                    case "split" -> given -> split(text, given, false);
                    case "rsplit" -> given -> split(text, given, true);
                    case "splitlines" ->
                            given -> new ArrayList<@Nullable Object>(text.lines().toList());
                    case "join" ->
                            given ->
                                    Texts.joined(text, Values.items(given.required(0, "iterable")));
                    case "replace" -> given -> Texts.replaced(text, given);
                    case "startswith" -> given -> any(given, text::startsWith);
                    case "endswith" -> given -> any(given, text::endsWith);
                    case "find" -> given -> (long) text.indexOf(given.text(0, "sub", ""));
                    case "rfind" -> given -> (long) text.lastIndexOf(given.text(0, "sub", ""));
                    case "count" -> given -> Texts.count(text, given.text(0, "sub", ""));
                    case "format" -> given -> Formats.braces(text, given);
                    case "zfill" ->
                            given -> Formats.spec(text, "0>" + given.integer(0, "width", 0));
                    case "ljust" -> given -> Texts.filled(text, given, '<');
                    case "rjust" -> given -> Texts.filled(text, given, '>');
                    case "center" -> given -> Texts.filled(text, given, '^');
                    case "removeprefix" ->
                            given -> {
                                String prefix = given.text(0, "prefix", "");
                                return text.startsWith(prefix)
                                        ? text.substring(prefix.length())
                                        : text;
                            };
                    case "removesuffix" ->
                            given -> {
                                String suffix = given.text(0, "suffix", "");
                                return text.endsWith(suffix) && !suffix.isEmpty()
                                        ? text.substring(0, text.length() - suffix.length())
                                        : text;
                            };
                    case "isdigit", "isdecimal", "isnumeric" ->
                            given -> all(text, Character::isDigit);
                    case "isalpha" -> given -> all(text, Character::isLetter);
                    case "isalnum" -> given -> all(text, Character::isLetterOrDigit);
                    case "isspace" -> given -> all(text, Character::isWhitespace);
                    case "isupper" -> given -> Tests.holds("upper", text, Given.NOTHING);
                    case "islower" -> given -> Tests.holds("lower", text, Given.NOTHING);
                    default -> null;
                };
        return function == null ? new Undefined(name) : function;
    }

    private static boolean any(Given given, java.util.function.Predicate<String> test) {
        Object wanted = given.required(0, "prefix");
        return wanted instanceof Tuple(var items)
                ? items.stream().map(PythonText::str).anyMatch(test)
                : test.test(PythonText.str(wanted));
    }

    private static boolean all(String text, java.util.function.IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    private static Object split(String text, Given given, boolean fromRight) {
        Object separator = given.get(0, "sep", null);
        int most = given.integer(1, "maxsplit", -1);
        var parts = new ArrayList<@Nullable Object>();
        if (separator == null) {
            String stripped = text.strip();
            if (!stripped.isEmpty()) {
                parts.addAll(List.of(stripped.split("\\s+", most < 0 ? 0 : most + 1)));
            }
            return parts;
        }
        String by = PythonText.str(separator);
        if (by.isEmpty()) {
            throw new TemplateException("empty separator");
        }
        if (!fromRight || most < 0) {
            parts.addAll(List.of(text.split(Pattern.quote(by), most < 0 ? -1 : most + 1)));
            return parts;
        }
        String rest = text;
        for (int at = rest.lastIndexOf(by);
                at >= 0 && parts.size() < most;
                at = rest.lastIndexOf(by)) {
            parts.addFirst(rest.substring(at + by.length()));
            rest = rest.substring(0, at);
        }
        parts.addFirst(rest);
        return parts;
    }

    private static Object ofMap(Map<?, ?> map, String name) {
        Function function =
                switch (name) {
                    case "items" -> given -> entries(map);
                    case "keys" -> given -> new ArrayList<@Nullable Object>(map.keySet());
                    case "values" -> given -> new ArrayList<@Nullable Object>(map.values());
                    case "get" ->
                            given -> {
                                Object key = given.required(0, "key");
                                return map.containsKey(key)
                                        ? map.get(key)
                                        : given.get(1, "default", null);
                            };
                    default -> null;
                };
        return function == null ? new Undefined(name) : function;
    }

    /// Pairs of keys and values.
    static List<@Nullable Object> entries(Map<?, ?> map) {
        var entries = new ArrayList<@Nullable Object>(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            var pair = new ArrayList<@Nullable Object>(2);
            pair.add(entry.getKey());
            pair.add(entry.getValue());
            entries.add(new Tuple(pair));
        }
        return entries;
    }

    private static Object ofList(List<?> list, String name) {
        Function function =
                switch (name) {
                    case "index" -> given -> index(list, given.required(0, "value"));
                    case "count" ->
                            given ->
                                    list.stream()
                                            .filter(item ->
                                                    Values.equal(item, given.required(0, "value")))
                                            .count();
                    case "append" -> given -> append(list, given.required(0, "object"));
                    default -> null;
                };
        return function == null ? new Undefined(name) : function;
    }

    private static Object index(List<?> list, @Nullable Object value) {
        for (int i = 0; i < list.size(); i++) {
            if (Values.equal(list.get(i), value)) {
                return (long) i;
            }
        }
        throw new TemplateException(PythonText.repr(value) + " is not in list");
    }

    /// Only lists that the template made itself can grow; arguments are copies too
    /// (PromptRenderer).
    @SuppressWarnings("unchecked") // lists of a template hold anything
    private static @Nullable Object append(List<?> list, @Nullable Object value) {
        ((List<@Nullable Object>) list).add(value);
        return null;
    }

    private static Object ofDate(LocalDate date, String name) {
        return switch (name) {
            case "year" -> (long) date.getYear();
            case "month" -> (long) date.getMonthValue();
            case "day" -> (long) date.getDayOfMonth();
            case "isoformat" -> (Function) given -> date.toString();
            case "weekday" -> (Function) given -> date.getDayOfWeek().getValue() - 1L;
            case "isoweekday" -> (Function) given -> (long) date.getDayOfWeek().getValue();
            case "strftime" ->
                    (Function)
                            given ->
                                    Formats.time(
                                            date.atStartOfDay(), given.text(0, "format", ""), "");
            default -> new Undefined(name);
        };
    }

    private static Object ofTime(LocalTime time, String name) {
        return switch (name) {
            case "hour" -> (long) time.getHour();
            case "minute" -> (long) time.getMinute();
            case "second" -> (long) time.getSecond();
            case "microsecond" -> time.getNano() / 1000L;
            case "isoformat" -> (Function) given -> PythonText.time(time);
            case "strftime" ->
                    (Function)
                            given ->
                                    Formats.time(
                                            time.atDate(LocalDate.of(1900, 1, 1)),
                                            given.text(0, "format", ""),
                                            "");
            default -> new Undefined(name);
        };
    }

    private static Object ofDateTime(LocalDateTime time, String offset, String name) {
        return switch (name) {
            case "date" -> (Function) given -> time.toLocalDate();
            case "time" -> (Function) given -> time.toLocalTime();
            case "isoformat" ->
                    (Function)
                            given ->
                                    time.toLocalDate()
                                            + given.text(0, "sep", "T")
                                            + PythonText.time(time.toLocalTime())
                                            + offset;
            case "strftime" ->
                    (Function) given -> Formats.time(time, given.text(0, "format", ""), offset);
            default -> {
                Object ofDate = ofDate(time.toLocalDate(), name);
                yield ofDate instanceof Undefined ? ofTime(time.toLocalTime(), name) : ofDate;
            }
        };
    }
}
