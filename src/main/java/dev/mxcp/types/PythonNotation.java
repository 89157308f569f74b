package dev.mxcp.types;

import dev.mxcp.types.json.Interval;
import dev.mxcp.types.json.Iso;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plain values as Python names and shows them. Messages use it, a string parameter that is given
/// something else outside MCP (T7), and tests that look for a text in a result (cli Q3.4).
public final class PythonNotation {
    private static final int MOST_SHOWN = 80;

    private PythonNotation() {}

    /// The name of the Python type that carries such a value: `str`, `int`, `NoneType`.
    static String typeName(@Nullable Object value) {
        return switch (value) {
            case null -> "NoneType";
            case String _ -> "str";
            case Boolean _ -> "bool";
            case Long _, Integer _, Short _, Byte _, BigInteger _ -> "int";
            case Double _, Float _ -> "float";
            case BigDecimal _ -> "Decimal";
            case Map<?, ?> _ -> "dict";
            case Collection<?> _ -> "list";
            case LocalDate _ -> "date";
            case LocalDateTime _, OffsetDateTime _ -> "datetime";
            case LocalTime _, OffsetTime _ -> "time";
            case UUID _ -> "UUID";
            case byte[] _ -> "bytes";
            case Interval _ -> "timedelta";
            default -> value.getClass().getSimpleName();
        };
    }

    /// What `str(value)` gives.
    public static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case String text -> text;
            case Boolean truth -> truth ? "True" : "False";
            case Double number -> number(number);
            case Float number -> number(number.doubleValue());
            case LocalDate date -> Iso.text(date);
            case LocalTime time -> Iso.text(time);
            case LocalDateTime time -> Iso.text(time).replace('T', ' ');
            case OffsetDateTime time -> Iso.text(time).replace('T', ' ');
            case List<?> list ->
                    list.stream()
                            .map(PythonNotation::shown)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry -> shown(entry.getKey()) + ": " + shown(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    /// What `repr(value)` gives, dates and the like aside.
    static String shown(@Nullable Object value) {
        return value instanceof String text ? quoted(text) : text(value);
    }

    /// A text cut to what a message can hold.
    static String cut(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    /// What `str` gives for a float: `1.0`, `1e+16`, `1e-05`.
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = new BigDecimal(Double.toString(value)).toPlainString();
            if (value == 0 && 1 / value < 0) {
                return "-0.0";
            }
            return plain.contains(".") ? plain : plain + ".0";
        }
        String java = Double.toString(value); // d.dddE[-]x
        int e = java.indexOf('E');
        String digits = java.substring(0, e);
        int exponent = Integer.parseInt(java.substring(e + 1));
        if (digits.endsWith(".0")) {
            digits = digits.substring(0, digits.length() - 2);
        }
        return digits + (exponent < 0 ? "e-" : "e+") + twoDigits(Math.abs(exponent));
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var shown = new StringBuilder(text.length() + 2).append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                case '\\' -> shown.append("\\\\");
                default -> {
                    if (c == quote) {
                        shown.append('\\').append(c);
                    } else if (c < ' ' || c == 0x7f) {
                        shown.append("\\x%02x".formatted((int) c));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.append(quote).toString();
    }
}
