package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Given;
import dev.mxcp.engine.prompt.Values.Undefined;
import dev.mxcp.types.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Jinja2's filters; those that work on items of a list are in [ListFilters].
final class Filters {
    private static final Set<String> NAMES =
            Set.of(
                    "abs",
                    "attr",
                    "capitalize",
                    "center",
                    "count",
                    "d",
                    "default",
                    "e",
                    "escape",
                    "filesizeformat",
                    "float",
                    "forceescape",
                    "format",
                    "indent",
                    "int",
                    "items",
                    "length",
                    "lower",
                    "pprint",
                    "random",
                    "replace",
                    "round",
                    "safe",
                    "string",
                    "striptags",
                    "title",
                    "tojson",
                    "trim",
                    "truncate",
                    "upper",
                    "urlencode",
                    "wordcount",
                    "wordwrap");
    private static final int WIDEST = 10_000;

    private Filters() {}

    static boolean known(String name) {
        return NAMES.contains(name) || ListFilters.NAMES.contains(name);
    }

    static @Nullable Object apply(String name, @Nullable Object value, Given given) {
        if (ListFilters.NAMES.contains(name)) {
            return ListFilters.apply(name, value, given);
        }
        return switch (name) {
            case "default", "d" -> fallback(value, given);
            case "length", "count" -> Values.length(value);
            case "abs" -> Numbers.compare(value, 0L) < 0 ? Numbers.negate(value) : value;
            case "int" -> integer(value, given);
            case "float" -> real(value, given);
            case "round" ->
                    Numbers.round(
                            Numbers.real(value),
                            given.integer(0, "precision", 0),
                            given.text(1, "method", "common"));
            case "items" -> value instanceof Map<?, ?> map ? Methods.entries(map) : List.of();
            case "attr" -> Methods.of(value, PythonText.str(given.required(0, "name")));
            case "random" -> {
                List<@Nullable Object> all = Values.items(value);
                yield all.isEmpty()
                        ? new Undefined("random")
                        : all.get(ThreadLocalRandom.current().nextInt(all.size()));
            }
            case "wordcount" -> words(PythonText.str(value));
            case "tojson" -> json(value, given);
            case "pprint" -> PythonText.repr(value);
            case "format" -> percent(PythonText.str(value), given);
            default -> text(name, PythonText.str(value), given);
        };
    }

    private static String text(String name, String text, Given given) {
        return switch (name) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "title" -> Texts.title(text, true);
            case "capitalize" -> Texts.capitalized(text);
            case "trim" -> Texts.stripped(text, given.get(0, "chars", null), true, true);
            case "string", "safe" -> text;
            case "escape", "e", "forceescape" -> Texts.escaped(text);
            case "replace" -> Texts.replaced(text, given);
            case "center" -> Texts.filled(text, given, '^');
            case "truncate" -> truncated(text, given);
            case "indent" -> indented(text, given);
            case "wordwrap" -> wrapped(text, given);
            case "striptags" ->
                    text.replaceAll("(?s)<!--.*?-->|<[^>]*>", "").strip().replaceAll("\\s+", " ");
            case "urlencode" ->
                    URLEncoder.encode(text, StandardCharsets.UTF_8)
                            .replace("+", "%20")
                            .replace("%2F", "/")
                            .replace("%7E", "~");
            case "filesizeformat" ->
                    fileSize(Double.parseDouble(text), given.flag(0, "binary", false));
            default -> throw new TemplateException("No filter named '%s'".formatted(name));
        };
    }

    private static @Nullable Object fallback(@Nullable Object value, Given given) {
        boolean falseToo = given.flag(1, "boolean", false);
        return value instanceof Undefined || (falseToo && !Values.truth(value))
                ? given.get(0, "default_value", "")
                : value;
    }

    private static @Nullable Object integer(@Nullable Object value, Given given) {
        try {
            if (value instanceof String text) {
                int base = given.integer(1, "base", 10);
                String digits = digits(text, base);
                return digits.matches("[-+]?\\w+")
                        ? Numbers.integer(new java.math.BigInteger(digits, base))
                        : Numbers.integer(new java.math.BigDecimal(digits).toBigInteger());
            }
            return value instanceof Double real
                    ? Numbers.integer(new java.math.BigDecimal(real).toBigInteger())
                    : Numbers.integer(Numbers.big(value));
        } catch (NumberFormatException | TemplateException notNumber) {
            return given.get(0, "default", 0L);
        }
    }

    private static String digits(String text, int base) {
        String digits = text.strip().replace("_", "");
        boolean prefixed =
                (base == 16 && digits.matches("0[xX].+"))
                        || (base == 8 && digits.matches("0[oO].+"))
                        || (base == 2 && digits.matches("0[bB].+"));
        return prefixed ? digits.substring(2) : digits;
    }

    private static @Nullable Object real(@Nullable Object value, Given given) {
        try {
            return value instanceof String text
                    ? (Object) Double.parseDouble(text.strip())
                    : (Object) Numbers.real(value);
        } catch (NumberFormatException | TemplateException notNumber) {
            return given.get(0, "default", 0.0);
        }
    }

    private static String percent(String format, Given given) {
        return Formats.percent(
                format,
                given.named().isEmpty() ? new Values.Tuple(given.positional()) : given.named());
    }

    private static String json(@Nullable Object value, Given given) {
        Object plain = plain(value);
        Object indent = given.get(0, "indent", null);
        String text = indent == null ? spaced(Json.text(plain)) : Json.pretty(plain);
        return text.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("'", "\\u0027");
    }

    /// Python puts a blank behind commas and colons.
    private static String spaced(String json) {
        var spaced = new StringBuilder(json.length() + 16);
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            spaced.append(c);
            if (c == '\\' && inText) {
                spaced.append(json.charAt(++i));
            } else if (c == '"') {
                inText = !inText;
            } else if (!inText && (c == ',' || c == ':')) {
                spaced.append(' ');
            }
        }
        return spaced.toString();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Undefined undefined -> throw undefined.failure();
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                map.forEach((key, member) -> plain.put(PythonText.str(key), plain(member)));
                yield plain;
            }
            case List<?> _, Values.Tuple _ ->
                    Values.items(value).stream().<@Nullable Object>map(Filters::plain).toList();
            case null, default -> value;
        };
    }

    private static long words(String text) {
        return java.util.regex.Pattern.compile(
                        "\\w+", java.util.regex.Pattern.UNICODE_CHARACTER_CLASS)
                .matcher(text)
                .results()
                .count();
    }

    private static String truncated(String text, Given given) {
        int length = given.integer(0, "length", 255);
        boolean inWords = given.flag(1, "killwords", false);
        String end = given.text(2, "end", "...");
        int leeway = given.integer(3, "leeway", 5);
        if (text.length() <= length + leeway) {
            return text;
        }
        String cut = text.substring(0, Math.max(0, length - end.length()));
        int blank = cut.lastIndexOf(' ');
        return (inWords || blank < 0 ? cut : cut.substring(0, blank)) + end;
    }

    private static String indented(String text, Given given) {
        Object width = given.get(0, "width", 4L);
        String indent =
                width instanceof String written
                        ? written
                        : " ".repeat(Math.clamp(Numbers.toLong(width), 0, WIDEST));
        boolean first = given.flag(1, "first", false);
        boolean blank = given.flag(2, "blank", false);
        var result = new StringBuilder();
        boolean begin = true;
        for (String line : text.split("\n", -1)) {
            result.append(begin ? "" : "\n");
            boolean wanted = begin ? first : blank || !line.isEmpty();
            result.append(wanted ? indent : "").append(line);
            begin = false;
        }
        return result.toString();
    }

    private static String wrapped(String text, Given given) {
        int width = Math.max(1, given.integer(0, "width", 79));
        var result = new StringBuilder();
        boolean begin = true;
        for (String line : text.split("\n", -1)) {
            result.append(begin ? "" : "\n");
            begin = false;
            int used = 0;
            for (String word : line.split(" ", -1)) {
                String rest = word;
                if (used > 0 && used + 1 + rest.length() > width) {
                    result.append('\n');
                    used = 0;
                } else if (used > 0) {
                    result.append(' ');
                    used++;
                }
                for (; rest.length() > width; rest = rest.substring(width)) {
                    result.append(rest, 0, width).append('\n');
                }
                result.append(rest);
                used += rest.length();
            }
        }
        return result.toString();
    }

    private static String fileSize(double bytes, boolean binary) {
        int base = binary ? 1024 : 1000;
        if (bytes < base) {
            return bytes == 1 ? "1 Byte" : (long) bytes + " Bytes";
        }
        String[] units =
                binary
                        ? new String[] {"KiB", "MiB", "GiB", "TiB", "PiB"}
                        : new String[] {"kB", "MB", "GB", "TB", "PB"};
        double size = bytes / base;
        int unit = 0;
        while (size >= base && unit < units.length - 1) {
            size /= base;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }
}
