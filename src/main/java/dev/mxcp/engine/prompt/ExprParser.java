package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads expressions by Jinja2's precedence: conditional, or, and, not, comparison, sum, `~`,
/// product, power, sign, then names with what follows them.
final class ExprParser {
    /// Words that are never variables.
    static final Set<String> RESERVED = Set.of("true", "false", "none", "True", "False", "None");

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> ENDS_OF_TEST = Set.of("else", "or", "and", "is", "if", "in");
    private static final int DEEPEST = 200;

    private final Tokens tokens;
    private int depth;

    ExprParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Expr expression() {
        if (++depth > DEEPEST) {
            throw tokens.failure("the expression is nested too deeply");
        }
        Expr result = conditional();
        depth--;
        return result;
    }

    /// An expression, or several with commas between them.
    Expr tupleOrExpression() {
        return tuple(true);
    }

    /// The items of a loop, where `if` begins the loop's own condition.
    Expr tupleWithoutConditions() {
        return tuple(false);
    }

    private Expr tuple(boolean conditions) {
        Expr first = conditions ? expression() : or();
        if (!tokens.current().operator(",")) {
            return first;
        }
        var items = new ArrayList<Expr>(List.of(first));
        while (tokens.skipOperator(",")) {
            if (endsTuple(tokens.current())) {
                break;
            }
            items.add(conditions ? expression() : or());
        }
        return new Expr.TupleOf(items);
    }

    private static boolean endsTuple(Token token) {
        return switch (token.kind()) {
            case OUTPUT_END, BLOCK_END, END -> true;
            case OPERATOR -> token.text().equals(")") || token.text().equals("]");
            default -> false;
        };
    }

    private Expr conditional() {
        Expr value = or();
        while (tokens.skipName("if")) {
            Expr condition = or();
            Expr otherwise = tokens.skipName("else") ? expression() : null;
            value = new Expr.Conditional(condition, value, otherwise);
        }
        return value;
    }

    private Expr or() {
        Expr left = and();
        while (tokens.skipName("or")) {
            left = new Expr.Or(left, and());
        }
        return left;
    }

    private Expr and() {
        Expr left = not();
        while (tokens.skipName("and")) {
            left = new Expr.And(left, not());
        }
        return left;
    }

    private Expr not() {
        int negations = 0;
        while (tokens.skipName("not")) {
            negations++;
        }
        Expr value = comparison();
        for (int i = 0; i < negations; i++) {
            value = new Expr.Unary("not", value);
        }
        return value;
    }

    private Expr comparison() {
        Expr first = sum();
        var rest = new ArrayList<Map.Entry<String, Expr>>();
        while (true) {
            Token token = tokens.current();
            if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                tokens.next();
                rest.add(Map.entry(token.text(), sum()));
            } else if (tokens.skipName("in")) {
                rest.add(Map.entry("in", sum()));
            } else if (token.name("not") && tokens.following().name("in")) {
                tokens.next();
                tokens.next();
                rest.add(Map.entry("not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Expr.Comparison(first, rest);
            }
        }
    }

    private Expr sum() {
        Expr left = concatenation();
        while (tokens.current().operator("+") || tokens.current().operator("-")) {
            left = new Expr.Binary(tokens.next().text(), left, concatenation());
        }
        return left;
    }

    private Expr concatenation() {
        Expr left = product();
        while (tokens.skipOperator("~")) {
            left = new Expr.Binary("~", left, product());
        }
        return left;
    }

    private Expr product() {
        Expr left = power();
        while (true) {
            Token token = tokens.current();
            boolean there =
                    token.kind() == Kind.OPERATOR
                            && switch (token.text()) {
                                case "*", "/", "//", "%" -> true;
                                default -> false;
                            };
            if (!there) {
                return left;
            }
            tokens.next();
            left = new Expr.Binary(token.text(), left, power());
        }
    }

    private Expr power() {
        Expr left = sign(true);
        while (tokens.skipOperator("**")) {
            left = new Expr.Binary("**", left, sign(true));
        }
        return left;
    }

    private Expr sign(boolean withFilters) {
        if (++depth > DEEPEST) {
            throw tokens.failure("the expression is nested too deeply");
        }
        Expr value;
        if (tokens.current().operator("-") || tokens.current().operator("+")) {
            value = new Expr.Unary(tokens.next().text(), sign(false));
        } else {
            value = postfix(primary());
        }
        depth--;
        return withFilters ? filters(value) : value;
    }

    private Expr primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME ->
                    switch (token.text()) {
                        case "true", "True" -> new Expr.Literal(true);
                        case "false", "False" -> new Expr.Literal(false);
                        case "none", "None" -> new Expr.Literal(null);
                        default -> new Expr.Name(token.text());
                    };
            case STRING -> {
                var text = new StringBuilder(token.text());
                while (tokens.current().kind() == Kind.STRING) {
                    text.append(tokens.next().text());
                }
                yield new Expr.Literal(text.toString());
            }
            case INTEGER -> new Expr.Literal(Numbers.integer(integer(token.text())));
            case FLOAT -> new Expr.Literal(Double.valueOf(token.text()));
            case OPERATOR ->
                    switch (token.text()) {
                        case "(" -> parenthesis();
                        case "[" -> new Expr.ListOf(items("]"));
                        case "{" -> dict();
                        default -> throw unexpected(token);
                    };
            default -> throw unexpected(token);
        };
    }

    private static TemplateException unexpected(Token token) {
        return TemplateException.at(token.line(), "unexpected " + token.shown());
    }

    private static BigInteger integer(String text) {
        if (text.length() > 2 && text.charAt(0) == '0') {
            String digits = text.substring(2);
            switch (text.charAt(1)) {
                case 'x', 'X' -> {
                    return new BigInteger(digits, 16);
                }
                case 'o', 'O' -> {
                    return new BigInteger(digits, 8);
                }
                case 'b', 'B' -> {
                    return new BigInteger(digits, 2);
                }
                default -> {}
            }
        }
        return new BigInteger(text);
    }

    private Expr parenthesis() {
        if (tokens.skipOperator(")")) {
            return new Expr.TupleOf(List.of());
        }
        Expr inner = tuple(true);
        tokens.expectOperator(")");
        return inner;
    }

    private List<Expr> items(String end) {
        var items = new ArrayList<Expr>();
        while (!tokens.skipOperator(end)) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(end)) {
                    break;
                }
            }
            items.add(expression());
        }
        return items;
    }

    private Expr dict() {
        var entries = new ArrayList<Map.Entry<Expr, Expr>>();
        while (!tokens.skipOperator("}")) {
            if (!entries.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("}")) {
                    break;
                }
            }
            Expr key = expression();
            tokens.expectOperator(":");
            entries.add(Map.entry(key, expression()));
        }
        return new Expr.DictOf(entries);
    }

    private Expr postfix(Expr start) {
        Expr value = start;
        while (true) {
            if (tokens.skipOperator(".")) {
                Token name = tokens.next();
                value =
                        switch (name.kind()) {
                            case NAME -> new Expr.Attribute(value, name.text());
                            case INTEGER ->
                                    new Expr.Item(
                                            value, new Expr.Literal(Long.valueOf(name.text())));
                            default -> throw unexpected(name);
                        };
            } else if (tokens.skipOperator("[")) {
                value = subscript(value);
            } else if (tokens.current().operator("(")) {
                value = new Expr.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expr subscript(Expr of) {
        Expr from = tokens.current().operator(":") ? null : tupleOrExpression();
        if (from != null && tokens.skipOperator("]")) {
            return new Expr.Item(of, from);
        }
        tokens.expectOperator(":");
        Expr to = sliceEnd();
        Expr step = tokens.skipOperator(":") ? sliceEnd() : null;
        tokens.expectOperator("]");
        return new Expr.Slice(of, from, to, step);
    }

    private @Nullable Expr sliceEnd() {
        boolean absent = tokens.current().operator(":") || tokens.current().operator("]");
        return absent ? null : expression();
    }

    /// Filters, tests and calls that follow a value.
    Expr filters(Expr start) {
        Expr value = start;
        while (true) {
            if (tokens.current().operator("|")) {
                tokens.next();
                value = oneFilter(value);
            } else if (tokens.skipName("is")) {
                value = test(value);
            } else if (tokens.current().operator("(") && value instanceof Expr.Filter) {
                value = new Expr.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    /// `upper|trim`, as a filter block has it.
    Expr filterChain(Expr of) {
        return filters(oneFilter(of));
    }

    private Expr oneFilter(Expr of) {
        String name = dottedName();
        if (!Filters.known(name)) {
            throw tokens.failure("No filter named '%s'".formatted(name));
        }
        Expr.Arguments arguments =
                tokens.current().operator("(") ? arguments() : Expr.Arguments.NONE;
        return new Expr.Filter(of, name, arguments);
    }

    private String dottedName() {
        var name = new StringBuilder(tokens.expect(Kind.NAME).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Kind.NAME).text());
        }
        return name.toString();
    }

    private Expr test(Expr of) {
        boolean negated = tokens.skipName("not");
        String name = tokens.current().name("in") ? tokens.next().text() : dottedName();
        if (!Tests.known(name)) {
            throw tokens.failure("No test named '%s'".formatted(name));
        }
        Expr.Arguments arguments = Expr.Arguments.NONE;
        Token token = tokens.current();
        if (token.operator("(")) {
            arguments = arguments();
        } else if (beginsArgument(token)) {
            arguments = new Expr.Arguments(List.of(postfix(primary())), Map.of(), null, null);
        }
        return new Expr.Test(of, name, arguments, negated);
    }

    private static boolean beginsArgument(Token token) {
        return switch (token.kind()) {
            case NAME -> !ENDS_OF_TEST.contains(token.text()) && !token.text().equals("not");
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            default -> false;
        };
    }

    private Expr.Arguments arguments() {
        tokens.expectOperator("(");
        var positional = new ArrayList<Expr>();
        var named = new LinkedHashMap<String, Expr>();
        Expr moreOfList = null;
        Expr moreOfMap = null;
        boolean first = true;
        while (!tokens.skipOperator(")")) {
            if (!first) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            first = false;
            if (tokens.skipOperator("**")) {
                moreOfMap = expression();
            } else if (tokens.skipOperator("*")) {
                moreOfList = expression();
            } else if (tokens.current().kind() == Kind.NAME && tokens.following().operator("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, expression());
            } else if (named.isEmpty() && moreOfMap == null) {
                positional.add(expression());
            } else {
                throw tokens.failure("invalid syntax for function call expression");
            }
        }
        return new Expr.Arguments(positional, named, moreOfList, moreOfMap);
    }
}
