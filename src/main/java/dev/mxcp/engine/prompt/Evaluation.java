package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Function;
import dev.mxcp.engine.prompt.Values.Given;
import dev.mxcp.engine.prompt.Values.Tuple;
import dev.mxcp.engine.prompt.Values.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives expressions their values. Counts its work, so that no template runs for ever.
final class Evaluation {
    private static final long MOST_STEPS = 5_000_000;
    private static final int LONGEST = 16 << 20;

    private long steps;

    /// @throws TemplateException when the template has done too much
    void step() {
        if (++steps > MOST_STEPS) {
            throw new TemplateException("the template takes too many steps");
        }
    }

    @Nullable Object of(Expr expression, Scope scope) {
        step();
        return switch (expression) {
            case Expr.Literal(Object value) -> value;
            case Expr.Name(String name) -> scope.get(name);
            case Expr.ListOf(List<Expr> items) -> all(items, scope);
            case Expr.TupleOf(List<Expr> items) -> new Tuple(all(items, scope));
            case Expr.DictOf(List<Map.Entry<Expr, Expr>> entries) -> dict(entries, scope);
            case Expr.Attribute(Expr of, String name) -> Values.attribute(of(of, scope), name);
            case Expr.Item(Expr of, Expr key) -> Values.item(of(of, scope), of(key, scope));
            case Expr.Slice slice -> slice(slice, scope);
            case Expr.Call(Expr callee, Expr.Arguments arguments) ->
                    call(of(callee, scope), callee, arguments, scope);
            case Expr.Filter(Expr of, String name, Expr.Arguments arguments) ->
                    Filters.apply(name, of(of, scope), given(arguments, scope));
            case Expr.Test(Expr of, String name, Expr.Arguments arguments, boolean negated) ->
                    Tests.holds(name, of(of, scope), given(arguments, scope)) != negated;
            case Expr.Unary(String operator, Expr of) -> unary(operator, of(of, scope));
            case Expr.Binary(String operator, Expr left, Expr right) ->
                    binary(operator, of(left, scope), of(right, scope));
            case Expr.Comparison comparison -> comparison(comparison, scope);
            case Expr.And(Expr left, Expr right) -> {
                Object value = of(left, scope);
                yield Values.truth(value) ? of(right, scope) : value;
            }
            case Expr.Or(Expr left, Expr right) -> {
                Object value = of(left, scope);
                yield Values.truth(value) ? value : of(right, scope);
            }
            case Expr.Conditional(Expr condition, Expr then, Expr otherwise) -> {
                if (Values.truth(of(condition, scope))) {
                    yield of(then, scope);
                }
                yield otherwise == null ? new Undefined("inline if") : of(otherwise, scope);
            }
        };
    }

    private List<@Nullable Object> all(List<Expr> items, Scope scope) {
        var values = new ArrayList<@Nullable Object>(items.size());
        for (Expr item : items) {
            values.add(of(item, scope));
        }
        return values;
    }

    private Map<@Nullable Object, @Nullable Object> dict(
            List<Map.Entry<Expr, Expr>> entries, Scope scope) {
        Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>();
        for (var entry : entries) {
            dict.put(of(entry.getKey(), scope), of(entry.getValue(), scope));
        }
        return dict;
    }

    private @Nullable Object slice(Expr.Slice slice, Scope scope) {
        Object of = of(slice.of(), scope);
        List<@Nullable Object> all = Values.items(of);
        Long step = end(slice.step(), scope);
        long by = step == null ? 1 : step;
        if (by == 0) {
            throw new TemplateException("slice step cannot be zero");
        }
        int size = all.size();
        long from = bound(end(slice.from(), scope), by > 0 ? 0 : size - 1L, by, size);
        long to = bound(end(slice.to(), scope), by > 0 ? size : -1L, by, size);
        var chosen = new ArrayList<@Nullable Object>();
        for (long i = from; by > 0 ? i < to : i > to; i += by) {
            chosen.add(all.get((int) i));
        }
        if (of instanceof String) {
            var text = new StringBuilder();
            chosen.forEach(text::append);
            return text.toString();
        }
        return of instanceof Tuple ? new Tuple(chosen) : chosen;
    }

    private @Nullable Long end(@Nullable Expr expression, Scope scope) {
        Object value = expression == null ? null : of(expression, scope);
        return value == null ? null : Numbers.toLong(value);
    }

    private static long bound(@Nullable Long written, long fallback, long step, int size) {
        if (written == null) {
            return fallback;
        }
        long at = written < 0 ? written + size : written;
        return step > 0 ? Math.clamp(at, 0, size) : Math.clamp(at, -1, size - 1);
    }

    private @Nullable Object call(
            @Nullable Object callee, Expr expression, Expr.Arguments arguments, Scope scope) {
        if (callee instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(callee instanceof Function function)) {
            throw new TemplateException(
                    "'%s' object is not callable".formatted(PythonText.type(callee)));
        }
        Given given = given(arguments, scope);
        Object caller = scope.get("<caller>");
        if (expression instanceof Expr.Name && !(caller instanceof Undefined)) {
            Map<String, @Nullable Object> named = Values.copy(given.named());
            named.putIfAbsent("caller", caller);
            return function.call(new Given(given.positional(), named));
        }
        return function.call(given);
    }

    private Given given(Expr.Arguments arguments, Scope scope) {
        if (arguments.equals(Expr.Arguments.NONE)) {
            return Given.NOTHING;
        }
        var positional = all(arguments.positional(), scope);
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        arguments.named().forEach((name, value) -> named.put(name, of(value, scope)));
        if (arguments.moreOfList() != null) {
            positional.addAll(Values.items(of(arguments.moreOfList(), scope)));
        }
        if (arguments.moreOfMap() != null) {
            if (!(of(arguments.moreOfMap(), scope) instanceof Map<?, ?> more)) {
                throw new TemplateException("argument after ** must be a mapping");
            }
            more.forEach((name, value) -> named.put(PythonText.str(name), value));
        }
        return new Given(positional, named);
    }

    private static Object unary(String operator, @Nullable Object value) {
        return switch (operator) {
            case "not" -> !Values.truth(value);
            case "-" -> Numbers.negate(value);
            default -> Numbers.negate(Numbers.negate(value));
        };
    }

    private boolean comparison(Expr.Comparison comparison, Scope scope) {
        Object left = of(comparison.first(), scope);
        for (var part : comparison.rest()) {
            Object right = of(part.getValue(), scope);
            boolean holds =
                    switch (part.getKey()) {
                        case "==" -> Values.equal(left, right);
                        case "!=" -> !Values.equal(left, right);
                        case "<" -> Values.compare(left, right) < 0;
                        case "<=" -> Values.compare(left, right) <= 0;
                        case ">" -> Values.compare(left, right) > 0;
                        case ">=" -> Values.compare(left, right) >= 0;
                        case "in" -> Values.contains(right, left);
                        default -> !Values.contains(right, left);
                    };
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private static @Nullable Object binary(
            String operator, @Nullable Object left, @Nullable Object right) {
        if (operator.equals("~")) {
            return limited(PythonText.str(left) + PythonText.str(right));
        }
        if (operator.equals("%") && left instanceof String format) {
            return limited(Formats.percent(format, right));
        }
        if (operator.equals("+")) {
            if (left instanceof String a && right instanceof String b) {
                return limited(a + b);
            }
            boolean lists = left instanceof List<?> && right instanceof List<?>;
            if (lists || (left instanceof Tuple && right instanceof Tuple)) {
                var joined = new ArrayList<@Nullable Object>(Values.items(left));
                joined.addAll(Values.items(right));
                return left instanceof Tuple ? new Tuple(joined) : joined;
            }
        }
        if (operator.equals("*")) {
            if (Numbers.isInteger(right) && (left instanceof String || left instanceof List<?>)) {
                return repeated(left, Numbers.toLong(right));
            }
            if (Numbers.isInteger(left) && (right instanceof String || right instanceof List<?>)) {
                return repeated(right, Numbers.toLong(left));
            }
        }
        for (Object side : new @Nullable Object[] {left, right}) {
            if (side instanceof Undefined undefined) {
                throw undefined.failure();
            }
            if (!Numbers.isNumber(side)) {
                throw new TemplateException(
                        "unsupported operand type(s) for %s: '%s' and '%s'"
                                .formatted(
                                        operator, PythonText.type(left), PythonText.type(right)));
            }
        }
        return Numbers.calculate(operator, left, right);
    }

    private static Object repeated(Object value, long times) {
        long count = Math.max(0, times);
        if (count > LONGEST || Values.length(value) * count > LONGEST) {
            throw new TemplateException("the repeated value is too long");
        }
        if (value instanceof String text) {
            return text.repeat((int) count);
        }
        var all = new ArrayList<@Nullable Object>();
        for (long i = 0; i < count; i++) {
            all.addAll(Values.items(value));
        }
        return all;
    }

    private static String limited(String text) {
        if (text.length() > LONGEST) {
            throw new TemplateException("a text is too long");
        }
        return text;
    }
}
