package dev.mxcp.engine.prompt;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the variables that a template reads without setting them before (V6). One use.
final class UndeclaredVariables {
    private final Set<String> found = new TreeSet<>();

    /// Names a place of a template knows.
    private record Known(Set<String> names, @Nullable Known outer) {
        Known(@Nullable Known outer) {
            this(new HashSet<>(), outer);
        }

        boolean has(String name) {
            return names.contains(name) || (outer != null && outer.has(name));
        }
    }

    static Set<String> of(List<Stmt> template) {
        var finder = new UndeclaredVariables();
        finder.body(template, new Known(null));
        return finder.found;
    }

    private void body(List<Stmt> body, Known known) {
        body.forEach(statement -> statement(statement, known));
    }

    private void statement(Stmt statement, Known known) {
        switch (statement) {
            case Stmt.Text _ -> {}
            case Stmt.Output(Expr value) -> reads(value, known);
            case Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise) -> {
                reads(condition, known);
                body(then, known);
                body(otherwise, known);
            }
            case Stmt.For loop -> loop(loop, known);
            case Stmt.Assign(Stmt.Target target, Expr value) -> {
                reads(value, known);
                sets(target, known);
            }
            case Stmt.AssignBlock(Stmt.Target target, Expr filter, List<Stmt> body) -> {
                body(body, new Known(known));
                if (filter != null) {
                    reads(filter, known);
                }
                sets(target, known);
            }
            case Stmt.With(List<Stmt.Target> targets, List<Expr> values, List<Stmt> body) -> {
                var inner = new Known(known);
                values.forEach(value -> reads(value, known));
                targets.forEach(target -> sets(target, inner));
                body(body, inner);
            }
            case Stmt.Macro macro -> {
                known.names().add(macro.name());
                macro(macro.parameters(), macro.body(), known);
            }
            case Stmt.CallBlock(List<Stmt.Parameter> parameters, Expr call, List<Stmt> body) -> {
                reads(call, known);
                macro(parameters, body, known);
            }
            case Stmt.FilterBlock(Expr filter, List<Stmt> body) -> {
                reads(filter, known);
                body(body, new Known(known));
            }
            case Stmt.Block(List<Stmt> body) -> body(body, new Known(known));
        }
    }

    private void loop(Stmt.For loop, Known known) {
        reads(loop.items(), known);
        var inner = new Known(known);
        sets(loop.target(), inner);
        Expr condition = loop.condition();
        if (condition != null) {
            reads(condition, inner);
        }
        inner.names().add("loop");
        body(loop.body(), inner);
        body(loop.otherwise(), new Known(known));
    }

    private void macro(List<Stmt.Parameter> parameters, List<Stmt> body, Known known) {
        var inner = new Known(known);
        inner.names().addAll(List.of("varargs", "kwargs", "caller"));
        for (Stmt.Parameter parameter : parameters) {
            Expr fallback = parameter.fallback();
            if (fallback != null) {
                reads(fallback, inner);
            }
            inner.names().add(parameter.name());
        }
        body(body, inner);
    }

    private void sets(Stmt.Target target, Known known) {
        switch (target) {
            case Stmt.Variable(String name) -> known.names().add(name);
            case Stmt.NamespaceMember(String namespace, _) -> name(namespace, known);
            case Stmt.Several(List<Stmt.Target> targets) ->
                    targets.forEach(each -> sets(each, known));
        }
    }

    private void name(String name, Known known) {
        if (!known.has(name) && !Globals.NAMES.contains(name) && !name.equals(Parser.BODY.name())) {
            found.add(name);
        }
    }

    private void reads(Expr expression, Known known) {
        switch (expression) {
            case Expr.Literal _ -> {}
            case Expr.Name(String name) -> name(name, known);
            case Expr.ListOf(List<Expr> items) -> items.forEach(item -> reads(item, known));
            case Expr.TupleOf(List<Expr> items) -> items.forEach(item -> reads(item, known));
            case Expr.DictOf(List<Map.Entry<Expr, Expr>> entries) ->
                    entries.forEach(entry -> {
                        reads(entry.getKey(), known);
                        reads(entry.getValue(), known);
                    });
            case Expr.Attribute(Expr of, _) -> reads(of, known);
            case Expr.Item(Expr of, Expr key) -> {
                reads(of, known);
                reads(key, known);
            }
            case Expr.Slice(Expr of, Expr from, Expr to, Expr step) -> {
                reads(of, known);
                readsIfThere(from, known);
                readsIfThere(to, known);
                readsIfThere(step, known);
            }
            case Expr.Call(Expr callee, Expr.Arguments arguments) -> {
                reads(callee, known);
                arguments(arguments, known);
            }
            case Expr.Filter(Expr of, _, Expr.Arguments arguments) -> {
                reads(of, known);
                arguments(arguments, known);
            }
            case Expr.Test(Expr of, _, Expr.Arguments arguments, _) -> {
                reads(of, known);
                arguments(arguments, known);
            }
            case Expr.Unary(_, Expr of) -> reads(of, known);
            case Expr.Binary(_, Expr left, Expr right) -> both(left, right, known);
            case Expr.And(Expr left, Expr right) -> both(left, right, known);
            case Expr.Or(Expr left, Expr right) -> both(left, right, known);
            case Expr.Comparison(Expr first, List<Map.Entry<String, Expr>> rest) -> {
                reads(first, known);
                rest.forEach(part -> reads(part.getValue(), known));
            }
            case Expr.Conditional(Expr condition, Expr then, Expr otherwise) -> {
                both(condition, then, known);
                readsIfThere(otherwise, known);
            }
        }
    }

    private void both(Expr left, Expr right, Known known) {
        reads(left, known);
        reads(right, known);
    }

    private void readsIfThere(@Nullable Expr expression, Known known) {
        if (expression != null) {
            reads(expression, known);
        }
    }

    private void arguments(Expr.Arguments arguments, Known known) {
        arguments.positional().forEach(argument -> reads(argument, known));
        arguments.named().values().forEach(argument -> reads(argument, known));
        readsIfThere(arguments.moreOfList(), known);
        readsIfThere(arguments.moreOfMap(), known);
    }
}
