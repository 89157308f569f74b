package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Given;
import dev.mxcp.engine.prompt.Values.Tuple;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Python's three ways to put values into text: `'%s' % x`, `'{}'.format(x)`, and `strftime`.
final class Formats {
    private static final int WIDEST = 10_000;
    private static final Pattern PERCENT =
            Pattern.compile("%(?:\\((\\w+)\\))?([-+ 0#]*)(\\d+)?(?:\\.(\\d+))?([a-zA-Z%])");
    private static final Pattern FIELD =
            Pattern.compile("\\{\\{|}}|\\{([^{}:!]*)(?:!([rs]))?(?::([^{}]*))?}");
    private static final Pattern SPEC =
            Pattern.compile(
                    "(?:(.)?([<>^=]))?([-+ ])?#?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([a-zA-Z%])?");

    private Formats() {}

    /// `format % values`
    static String percent(String format, @Nullable Object values) {
        List<@Nullable Object> all =
                values instanceof Tuple(var items)
                        ? items
                        : java.util.Collections.singletonList(values);
        var text = new StringBuilder();
        Matcher part = PERCENT.matcher(format);
        int from = 0;
        int used = 0;
        while (part.find()) {
            text.append(format, from, part.start());
            from = part.end();
            if (part.group(5).equals("%")) {
                text.append('%');
                continue;
            }
            Object value;
            if (part.group(1) != null) {
                value = Values.item(values, part.group(1));
            } else if (used < all.size()) {
                value = all.get(used++);
            } else {
                throw new TemplateException("not enough arguments for format string");
            }
            text.append(percentPart(part, value));
        }
        if (used < all.size() && !(values instanceof Map<?, ?>)) {
            throw new TemplateException("not all arguments converted during string formatting");
        }
        return text.append(format, from, format.length()).toString();
    }

    private static String percentPart(Matcher part, @Nullable Object value) {
        String flags = part.group(2);
        String precision = part.group(4) == null ? "" : "." + part.group(4);
        char type = part.group(5).charAt(0);
        String sign = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        boolean text = type == 's' || type == 'r' || type == 'a';
        String shown;
        if (text) {
            String whole = type == 's' ? PythonText.str(value) : PythonText.repr(value);
            int most = part.group(4) == null ? whole.length() : Integer.parseInt(part.group(4));
            shown = whole.substring(0, Math.min(most, whole.length()));
        } else {
            char wanted = type == 'i' || type == 'u' ? 'd' : type;
            Object number =
                    wanted == 'd' && value instanceof Double real
                            ? (Object) real.longValue()
                            : value;
            shown = number(number, sign + precision + wanted);
        }
        int width = part.group(3) == null ? 0 : width(part.group(3));
        if (flags.contains("-")) {
            return padded(shown, ' ', '<', width);
        }
        boolean zeros = flags.contains("0") && !text;
        return padded(shown, zeros ? '0' : ' ', zeros ? '=' : '>', width);
    }

    /// `format.format(values)`
    static String braces(String format, Given given) {
        var text = new StringBuilder();
        Matcher field = FIELD.matcher(format);
        int next = 0;
        int from = 0;
        while (field.find()) {
            text.append(format, from, field.start());
            from = field.end();
            if (field.group().equals("{{") || field.group().equals("}}")) {
                text.append(field.group().charAt(0));
                continue;
            }
            String name = field.group(1);
            Object value = name.isEmpty() ? positional(given, next++) : named(given, name);
            if (field.group(2) != null) {
                value = field.group(2).equals("r") ? PythonText.repr(value) : PythonText.str(value);
            }
            text.append(
                    field.group(3) == null ? PythonText.str(value) : spec(value, field.group(3)));
        }
        return text.append(format, from, format.length()).toString();
    }

    private static @Nullable Object positional(Given given, int index) {
        if (index >= given.positional().size()) {
            throw new TemplateException(
                    "Replacement index %d out of range for positional args tuple".formatted(index));
        }
        return given.positional().get(index);
    }

    private static @Nullable Object named(Given given, String path) {
        String[] parts = path.split("\\.", -1);
        Object value =
                parts[0].matches("\\d{1,6}")
                        ? positional(given, Integer.parseInt(parts[0]))
                        : given.named().containsKey(parts[0])
                                ? given.named().get(parts[0])
                                : new Values.Undefined(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            value = Values.attribute(value, parts[i]);
        }
        return value;
    }

    /// `format(value, spec)`
    static String spec(@Nullable Object value, String spec) {
        Matcher part = SPEC.matcher(spec);
        if (!part.matches()) {
            throw new TemplateException("Invalid format specifier '%s'".formatted(spec));
        }
        boolean number = Numbers.isNumber(value) && !(value instanceof Boolean);
        String shown;
        if (number) {
            String type = part.group(8) == null ? "" : part.group(8);
            String precision = part.group(7) == null ? "" : "." + part.group(7);
            String sign = part.group(3) == null || part.group(3).equals("-") ? "" : part.group(3);
            shown = number(value, sign + (part.group(6) == null ? "" : ",") + precision + type);
        } else {
            String whole = PythonText.str(value);
            int most = part.group(7) == null ? whole.length() : Integer.parseInt(part.group(7));
            shown = whole.substring(0, Math.min(most, whole.length()));
        }
        int width = part.group(5) == null ? 0 : width(part.group(5));
        boolean zeros = part.group(4) != null;
        char fill = part.group(1) != null ? part.group(1).charAt(0) : zeros ? '0' : ' ';
        char align =
                part.group(2) != null
                        ? part.group(2).charAt(0)
                        : zeros && number ? '=' : number ? '>' : '<';
        return padded(shown, fill, align, width);
    }

    /// @param spec a sign, a comma, a precision and a type, each of which may be absent
    private static String number(@Nullable Object value, String spec) {
        Matcher part = Pattern.compile("([+ ])?(,)?(?:\\.(\\d+))?(.)?").matcher(spec);
        if (!part.matches()) {
            throw new TemplateException("Invalid format specifier '%s'".formatted(spec));
        }
        String flags =
                (part.group(1) == null ? "" : part.group(1)) + (part.group(2) == null ? "" : ",");
        int precision = part.group(3) == null ? 6 : width(part.group(3));
        String type = part.group(4) == null ? "" : part.group(4);
        return switch (type) {
            case "d" -> String.format(Locale.ROOT, "%" + flags + "d", Numbers.big(value));
            case "x" -> Numbers.big(value).toString(16);
            case "X" -> Numbers.big(value).toString(16).toUpperCase(Locale.ROOT);
            case "o" -> Numbers.big(value).toString(8);
            case "b" -> Numbers.big(value).toString(2);
            case "c" -> Character.toString(Numbers.toInt(value));
            case "f", "F" -> real(flags, precision, 'f', Numbers.real(value));
            case "e", "E" -> real(flags, precision, type.charAt(0), Numbers.real(value));
            case "%" -> real(flags, precision, 'f', Numbers.real(value) * 100) + "%";
            case "g", "G", "" -> general(value, flags, part.group(3));
            default -> throw new TemplateException("Unknown format code '%s'".formatted(type));
        };
    }

    private static String general(
            @Nullable Object value, String flags, @Nullable String precision) {
        if (Numbers.isInteger(value) && precision == null) {
            BigInteger whole = Numbers.big(value);
            return String.format(Locale.ROOT, "%" + flags + "d", whole);
        }
        double number = Numbers.real(value);
        if (precision == null) {
            String plain = PythonText.real(number);
            return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
        }
        var rounded =
                new java.math.BigDecimal(number)
                        .round(new java.math.MathContext(Math.max(1, width(precision))));
        return rounded.stripTrailingZeros().toPlainString();
    }

    private static String real(String flags, int precision, char type, double value) {
        if (!Double.isFinite(value)) {
            return PythonText.real(value);
        }
        if (type == 'f') {
            return String.format(
                    Locale.ROOT,
                    "%" + flags + "." + precision + "f",
                    new java.math.BigDecimal(value)
                            .setScale(precision, java.math.RoundingMode.HALF_EVEN));
        }
        return String.format(Locale.ROOT, "%" + flags + "." + precision + type, value);
    }

    private static int width(String digits) {
        int width = digits.length() > 6 ? WIDEST + 1 : Integer.parseInt(digits);
        if (width > WIDEST) {
            throw new TemplateException("the width of a format is too large");
        }
        return width;
    }

    private static String padded(String text, char fill, char align, int width) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        String padding = String.valueOf(fill).repeat(missing);
        return switch (align) {
            case '<' -> text + padding;
            case '^' -> padding.substring(0, missing / 2) + text + padding.substring(missing / 2);
            case '=' -> {
                boolean signed = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0;
                yield signed ? text.charAt(0) + padding + text.substring(1) : padding + text;
            }
            default -> padding + text;
        };
    }

    /// `time.strftime(format)`
    static String time(LocalDateTime time, String format, String offset) {
        var text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char code = format.charAt(++i);
            if (code == '-' && i + 1 < format.length()) {
                String part = timePart(time, format.charAt(++i), offset);
                text.append(part.replaceFirst("^0+(?=.)", ""));
            } else {
                text.append(timePart(time, code, offset));
            }
        }
        return text.toString();
    }

    private static String timePart(LocalDateTime time, char code, String offset) {
        return switch (code) {
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'z' -> offset.replace(":", "");
            case 'Z' -> offset.equals("+00:00") ? "UTC" : offset.isEmpty() ? "" : "UTC" + offset;
            case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
            case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
            case '%' -> "%";
            case 'n' -> "\n";
            case 't' -> "\t";
            default -> {
                String pattern = pattern(code);
                yield pattern.isEmpty()
                        ? "%" + code
                        : DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
            }
        };
    }

    private static String pattern(char code) {
        return switch (code) {
            case 'Y' -> "uuuu";
            case 'y' -> "uu";
            case 'm' -> "MM";
            case 'd' -> "dd";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'M' -> "mm";
            case 'S' -> "ss";
            case 'f' -> "SSSSSS";
            case 'p' -> "a";
            case 'j' -> "DDD";
            case 'F' -> "uuuu-MM-dd";
            case 'T', 'X' -> "HH:mm:ss";
            case 'D', 'x' -> "MM/dd/uu";
            case 'R' -> "HH:mm";
            case 'c' -> "EEE MMM d HH:mm:ss uuuu";
            case 'V' -> "ww";
            default -> "";
        };
    }
}
