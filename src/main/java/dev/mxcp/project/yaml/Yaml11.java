package dev.mxcp.project.yaml;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/// What unquoted words mean in YAML 1.1, as the reference's reader decides it (section 0): `yes` is
/// a boolean, `010` eight, `12:30:45` an integer, `2024-01-02` a date, but `1e3`, unlike in
/// SnakeYAML's own rules, a string.
final class Yaml11 {
    private static final Pattern INTEGER =
            Pattern.compile(
                    "[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
                            + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
                            + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
                            + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern DATE =
            Pattern.compile(
                    "([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
                            + "(?:(?:[Tt]|[ \\t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]*))?"
                            + "(?:[ \\t]*(Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?)?");

    private static final Pattern DATE_TAG =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}"
                            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
                            + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

    private Yaml11() {}

    /// A scalar that looks like a value of its type and is none, such as `2024-02-30`.
    static final class NoSuchValue extends RuntimeException {
        NoSuchValue(String message) {
            super(message);
        }
    }

    /// The type of an unquoted scalar.
    static Tag tag(String text) {
        if (text.isEmpty()) {
            return Tag.NULL;
        }
        char first = text.charAt(0);
        if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
            return numeric(text);
        }
        return text.length() > 5 ? Tag.STR : word(text);
    }

    private static Tag numeric(String text) {
        if (text.length() > 1000) {
            return Tag.STR;
        } else if (INTEGER.matcher(text).matches()) {
            return Tag.INT;
        } else if (NUMBER.matcher(text).matches()) {
            return Tag.FLOAT;
        }
        return DATE_TAG.matcher(text).matches() ? Tag.TIMESTAMP : Tag.STR;
    }

    private static Tag word(String text) {
        return switch (text) {
            case "~", "null", "Null", "NULL" -> Tag.NULL;
            case "<<" -> Tag.MERGE;
            case "yes", "Yes", "YES", "no", "No", "NO" -> Tag.BOOL;
            case "true", "True", "TRUE", "false", "False", "FALSE" -> Tag.BOOL;
            case "on", "On", "ON", "off", "Off", "OFF" -> Tag.BOOL;
            default -> Tag.STR;
        };
    }

    /// The value of a scalar with the given tag.
    ///
    /// @throws NoSuchValue when the text is not of that type or the tag is unknown
    static @Nullable Object value(Tag tag, String text) {
        try {
            if (tag.equals(Tag.STR) || tag.equals(Tag.MERGE)) {
                return text;
            } else if (tag.equals(Tag.NULL)) {
                return null;
            } else if (tag.equals(Tag.BOOL)) {
                return bool(text);
            } else if (tag.equals(Tag.INT)) {
                return integer(text);
            } else if (tag.equals(Tag.FLOAT)) {
                return number(text);
            } else if (tag.equals(Tag.TIMESTAMP)) {
                return timestamp(text);
            } else if (tag.equals(Tag.BINARY)) {
                return Base64.getMimeDecoder().decode(text);
            }
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw new NoSuchValue("not a valid " + kind(tag));
        }
        throw new NoSuchValue("unknown YAML tag");
    }

    private static String kind(Tag tag) {
        if (tag.equals(Tag.TIMESTAMP)) {
            return "date";
        }
        return tag.equals(Tag.BINARY) ? "base64 text" : "value of its YAML tag";
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> true;
            case "no", "false", "off" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Object integer(String text) {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        BigInteger value;
        if (digits.startsWith("0b")) {
            value = new BigInteger(digits.substring(2), 2);
        } else if (digits.startsWith("0x")) {
            value = new BigInteger(digits.substring(2), 16);
        } else if (digits.indexOf(':') >= 0) {
            value = BigInteger.ZERO;
            for (String part : digits.split(":", -1)) {
                value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
            }
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            value = new BigInteger(digits, 8);
        } else {
            value = new BigInteger(digits);
        }
        value = negative ? value.negate() : value;
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private static Double number(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        int sign = digits.startsWith("-") ? -1 : 1;
        if (digits.startsWith("-") || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        if (digits.equals(".inf")) {
            return sign * Double.POSITIVE_INFINITY;
        } else if (digits.equals(".nan")) {
            return Double.NaN;
        }
        double value = 0;
        for (String part : digits.split(":", -1)) {
            value = value * 60 + Double.parseDouble(part);
        }
        return sign * value;
    }

    private static Object timestamp(String text) {
        Matcher match = DATE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException();
        }
        LocalDate date = LocalDate.of(part(match, 1), part(match, 2), part(match, 3));
        if (match.group(4) == null) {
            return date;
        }
        LocalDateTime time =
                date.atTime(part(match, 4), part(match, 5), part(match, 6), nanos(match.group(7)));
        if (match.group(8) == null) {
            return time;
        } else if (match.group(9) == null) {
            return time.atOffset(ZoneOffset.UTC);
        }
        int minutes = part(match, 10) * 60 + (match.group(11) == null ? 0 : part(match, 11));
        int seconds = 60 * (match.group(9).equals("-") ? -minutes : minutes);
        return time.atOffset(ZoneOffset.ofTotalSeconds(seconds));
    }

    private static int part(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }

    /// Six digits count, as in the reference.
    private static int nanos(@Nullable String fraction) {
        if (fraction == null || fraction.isEmpty()) {
            return 0;
        }
        String micros = (fraction + "00000").substring(0, 6);
        return Integer.parseInt(micros) * 1000;
    }
}
