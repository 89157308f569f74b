package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Tuple;
import dev.mxcp.engine.prompt.Values.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Text of values as Python writes them (E9): `True`, `None`, `['a']`, `{'k': 1}`, `2024-01-02`.
final class PythonText {
    private PythonText() {}

    /// Python's `str(value)`.
    static String str(@Nullable Object value) {
        return switch (value) {
            case Undefined _ -> "";
            case String text -> text;
            case LocalDate date -> date.toString();
            case LocalTime time -> time(time);
            case LocalDateTime time -> time.toLocalDate() + " " + time(time.toLocalTime());
            case OffsetDateTime time -> str(time.toLocalDateTime()) + offset(time.getOffset());
            case null, default -> repr(value);
        };
    }

    /// Python's `repr(value)`.
    static String repr(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Undefined _ -> "Undefined";
            case Boolean truth -> truth ? "True" : "False";
            case String text -> quoted(text);
            case Double number -> real(number);
            case Number number -> number.toString();
            case Tuple(List<@Nullable Object> items) -> {
                String inner = joined(items);
                yield items.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")";
            }
            case Collection<?> items -> "[" + joined(items) + "]";
            case Map<?, ?> map -> dict(map);
            case LocalDate d ->
                    "datetime.date(%d, %d, %d)"
                            .formatted(d.getYear(), d.getMonthValue(), d.getDayOfMonth());
            case LocalDateTime t ->
                    "datetime.datetime(%d, %d, %d, %s)"
                            .formatted(
                                    t.getYear(),
                                    t.getMonthValue(),
                                    t.getDayOfMonth(),
                                    clock(t.toLocalTime()));
            case LocalTime t -> "datetime.time(" + clock(t) + ")";
            case ListFilters.Group group -> repr(ListFilters.unpacked(group));
            case Values.Namespace namespace -> "<Namespace " + dict(namespace.members()) + ">";
            default -> str2(value);
        };
    }

    /// The name of the value's type in Python.
    static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "NoneType";
            case Undefined _ -> "Undefined";
            case String _ -> "str";
            case Boolean _ -> "bool";
            case Long _, BigInteger _ -> "int";
            case Double _ -> "float";
            case Tuple _ -> "tuple";
            case Collection<?> _ -> "list";
            case Map<?, ?> _ -> "dict";
            case LocalDate _ -> "date";
            case LocalTime _ -> "time";
            case LocalDateTime _, OffsetDateTime _ -> "datetime";
            default -> value.getClass().getSimpleName();
        };
    }

    private static String str2(Object value) {
        return value instanceof OffsetDateTime time ? str(time) : "<" + type(value) + ">";
    }

    private static String joined(Collection<?> items) {
        var text = new StringBuilder();
        for (Object item : items) {
            text.append(text.isEmpty() ? "" : ", ").append(repr(item));
        }
        return text.toString();
    }

    private static String dict(Map<?, ?> map) {
        var text = new StringBuilder("{");
        map.forEach((key, value) ->
                text.append(text.length() == 1 ? "" : ", ")
                        .append(repr(key))
                        .append(": ")
                        .append(repr(value)));
        return text.append('}').toString();
    }

    /// `1.0`, `1e+16`, `1e-05`, `nan`, `inf`
    static String real(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (value == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = new BigDecimal(Double.toString(value)).toPlainString();
            return value == 0 && 1 / value < 0
                    ? "-0.0"
                    : plain.contains(".") ? plain : plain + ".0";
        }
        String[] parts = Double.toString(value).split("E", 2);
        String digits =
                parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        int exponent = Integer.parseInt(parts[1]);
        return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var quoted = new StringBuilder(text.length() + 2).append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c == quote) {
                        quoted.append('\\').append(c);
                    } else if (c < 0x20 || c == 0x7F) {
                        quoted.append("\\x%02x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append(quote).toString();
    }

    static String time(LocalTime time) {
        String text =
                "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
        int micros = time.getNano() / 1000;
        return micros == 0 ? text : text + ".%06d".formatted(micros);
    }

    static String offset(ZoneOffset offset) {
        return offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId();
    }

    private static String clock(LocalTime time) {
        String text = time.getHour() + ", " + time.getMinute();
        int micros = time.getNano() / 1000;
        if (time.getSecond() != 0 || micros != 0) {
            text += ", " + time.getSecond();
        }
        return micros == 0 ? text : text + ", " + micros;
    }
}
