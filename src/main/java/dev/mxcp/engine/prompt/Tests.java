package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Function;
import dev.mxcp.engine.prompt.Values.Given;
import dev.mxcp.engine.prompt.Values.Undefined;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may stand after `is`.
final class Tests {
    private static final Set<String> NAMES =
            Set.of(
                    "boolean",
                    "callable",
                    "defined",
                    "divisibleby",
                    "eq",
                    "equalto",
                    "escaped",
                    "even",
                    "false",
                    "filter",
                    "float",
                    "ge",
                    "greaterthan",
                    "gt",
                    "in",
                    "integer",
                    "iterable",
                    "le",
                    "lessthan",
                    "lower",
                    "lt",
                    "mapping",
                    "ne",
                    "none",
                    "number",
                    "odd",
                    "sameas",
                    "sequence",
                    "string",
                    "test",
                    "true",
                    "undefined",
                    "upper");

    private Tests() {}

    static boolean known(String name) {
        return NAMES.contains(name);
    }

    static boolean holds(String name, @Nullable Object value, Given given) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == null;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "integer" -> Numbers.isInteger(value) && !(value instanceof Boolean);
            case "float" -> value instanceof Double;
            case "number" -> Numbers.isNumber(value);
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map<?, ?>;
            case "sequence" ->
                    value instanceof List<?>
                            || value instanceof Values.Tuple
                            || value instanceof String
                            || value instanceof Map<?, ?>;
            case "iterable" -> Values.iterable(value);
            case "callable" -> value instanceof Function;
            case "escaped" -> false;
            case "lower" -> cased(value, text -> text.toLowerCase(Locale.ROOT));
            case "upper" -> cased(value, text -> text.toUpperCase(Locale.ROOT));
            case "even" -> Values.equal(Numbers.calculate("%", value, 2L), 0L);
            case "odd" -> Values.equal(Numbers.calculate("%", value, 2L), 1L);
            case "filter" -> Filters.known(PythonText.str(value));
            case "test" -> known(PythonText.str(value));
            default -> compared(name, value, given.required(0, "other"));
        };
    }

    private static boolean compared(String name, @Nullable Object value, @Nullable Object other) {
        return switch (name) {
            case "divisibleby" -> Values.equal(Numbers.calculate("%", value, other), 0L);
            case "eq", "equalto", "sameas" -> Values.equal(value, other);
            case "ne" -> !Values.equal(value, other);
            case "lt", "lessthan" -> Values.compare(value, other) < 0;
            case "le" -> Values.compare(value, other) <= 0;
            case "gt", "greaterthan" -> Values.compare(value, other) > 0;
            case "ge" -> Values.compare(value, other) >= 0;
            case "in" -> Values.contains(other, value);
            default -> throw new TemplateException("No test named '%s'".formatted(name));
        };
    }

    private static boolean cased(
            @Nullable Object value, java.util.function.UnaryOperator<String> change) {
        String text = PythonText.str(value);
        return text.equals(change.apply(text)) && text.codePoints().anyMatch(Character::isLetter);
    }
}
