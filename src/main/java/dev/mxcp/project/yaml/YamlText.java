package dev.mxcp.project.yaml;

import dev.mxcp.types.json.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/// Plain values as YAML text, for people to read on.
final class YamlText {
    private static final int SHORT = 60;
    private static final Pattern WORDS = Pattern.compile("[A-Za-z_][\\w./-]*(?: [\\w./-]+)*");

    private YamlText() {}

    /// The value of a key.
    ///
    /// @param column where the key stands
    /// @param flow whether the key stands between braces
    /// @return begins with a line break where the value stands in lines of its own below the key
    static String of(@Nullable Object value, int column, boolean flow) {
        String line = flow(value);
        boolean fits = isFlat(value) && line.length() <= SHORT;
        return flow || fits ? line : lines(value, column + 2);
    }

    /// On one line.
    static String flow(@Nullable Object value) {
        return switch (value) {
            case String text -> scalar(text);
            case List<?> list ->
                    list.stream()
                            .map(YamlText::flow)
                            .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(member ->
                                    scalar(String.valueOf(member.getKey()))
                                            + ": "
                                            + flow(member.getValue()))
                            .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
            case Double number -> number(number);
            case null, default -> Json.text(value);
        };
    }

    private static boolean isFlat(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> list.stream().noneMatch(YamlText::isFilled);
            case Map<?, ?> map -> map.isEmpty();
            case null, default -> true;
        };
    }

    private static boolean isFilled(@Nullable Object value) {
        return (value instanceof Map<?, ?> map && !map.isEmpty())
                || (value instanceof List<?> list && !list.isEmpty());
    }

    private static String lines(@Nullable Object value, int column) {
        String lead = "\n" + " ".repeat(column);
        var text = new StringBuilder();
        switch (value) {
            case List<?> list when !list.isEmpty() -> {
                for (Object item : list) {
                    String written = item(item, column + 2);
                    text.append(lead).append("- ").append(written.stripLeading());
                }
            }
            case Map<?, ?> map when !map.isEmpty() ->
                    map.forEach((key, member) -> {
                        String written = of(member, column, false);
                        text.append(lead)
                                .append(scalar(String.valueOf(key)))
                                .append(written.startsWith("\n") ? ":" : ": ")
                                .append(written);
                    });
            case null, default -> text.append(flow(value));
        }
        return text.toString();
    }

    private static String item(@Nullable Object item, int column) {
        boolean shortEnough = flow(item).length() <= SHORT && isFlat(item);
        return shortEnough ? flow(item) : lines(item, column);
    }

    private static String scalar(String text) {
        boolean plain =
                WORDS.matcher(text).matches()
                        && Yaml11.tag(text).equals(Tag.STR)
                        && !text.equals("=");
        return plain ? text : Json.text(text);
    }

    /// YAML 1.1 wants a point, and a sign in the exponent.
    private static String number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return "null";
        }
        String json = Json.text(number);
        if (!json.contains("E") && !json.contains("e")) {
            return json;
        }
        String text = json.replace('E', 'e');
        int e = text.indexOf('e');
        String digits = text.substring(0, e);
        String exponent = text.substring(e + 1);
        return (digits.contains(".") ? digits : digits + ".0")
                + "e"
                + (exponent.startsWith("-") || exponent.startsWith("+") ? "" : "+")
                + exponent;
    }
}
