package dev.mxcp.engine.prompt;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An expression of a template.
sealed interface Expr {
    record Literal(@Nullable Object value) implements Expr {}

    record Name(String name) implements Expr {}

    record ListOf(List<Expr> items) implements Expr {}

    record TupleOf(List<Expr> items) implements Expr {}

    record DictOf(List<Map.Entry<Expr, Expr>> entries) implements Expr {}

    /// `of.name`
    record Attribute(Expr of, String name) implements Expr {}

    /// `of[key]`
    record Item(Expr of, Expr key) implements Expr {}

    /// `of[from:to:step]`
    record Slice(Expr of, @Nullable Expr from, @Nullable Expr to, @Nullable Expr step)
            implements Expr {}

    record Call(Expr callee, Arguments arguments) implements Expr {}

    record Filter(Expr of, String name, Arguments arguments) implements Expr {}

    record Test(Expr of, String name, Arguments arguments, boolean negated) implements Expr {}

    record Unary(String operator, Expr of) implements Expr {}

    record Binary(String operator, Expr left, Expr right) implements Expr {}

    /// `a < b <= c`
    record Comparison(Expr first, List<Map.Entry<String, Expr>> rest) implements Expr {}

    record And(Expr left, Expr right) implements Expr {}

    record Or(Expr left, Expr right) implements Expr {}

    record Conditional(Expr condition, Expr then, @Nullable Expr otherwise) implements Expr {}

    /// What stands between the parentheses of a call.
    record Arguments(
            List<Expr> positional,
            Map<String, Expr> named,
            @Nullable Expr moreOfList,
            @Nullable Expr moreOfMap) {
        static final Arguments NONE = new Arguments(List.of(), Map.of(), null, null);
    }
}
