package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Values.Function;
import dev.mxcp.engine.prompt.Values.Given;
import dev.mxcp.engine.prompt.Values.Namespace;
import dev.mxcp.engine.prompt.Values.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run through a template: statements write, [Evaluation] gives them values. One use.
final class Rendering {
    private static final int DEEPEST_CALL = 60;
    private static final int MOST_CHARACTERS = 16 << 20;

    private final Evaluation evaluation = new Evaluation();
    private StringBuilder out = new StringBuilder();
    private int depth;
    private long written;

    /// @throws TemplateException when the values do not do what the template wants of them
    static String render(List<Stmt> template, Map<String, ? extends @Nullable Object> values) {
        var rendering = new Rendering();
        var scope = new Scope(null);
        values.forEach(scope::set);
        rendering.run(template, scope);
        return rendering.out.toString();
    }

    private void run(List<Stmt> body, Scope scope) {
        for (Stmt statement : body) {
            evaluation.step();
            run(statement, scope);
        }
    }

    private void run(Stmt statement, Scope scope) {
        switch (statement) {
            case Stmt.Text(String text) -> write(text);
            case Stmt.Output(Expr value) -> write(PythonText.str(evaluation.of(value, scope)));
            case Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise) ->
                    run(Values.truth(evaluation.of(condition, scope)) ? then : otherwise, scope);
            case Stmt.For loop -> loop(loop, evaluation.of(loop.items(), scope), scope, 0);
            case Stmt.Assign(Stmt.Target target, Expr value) ->
                    assign(target, evaluation.of(value, scope), scope);
            case Stmt.AssignBlock block -> {
                String text = captured(block.body(), new Scope(scope));
                assign(block.target(), filtered(block.filter(), text, scope), scope);
            }
            case Stmt.FilterBlock(Expr filter, List<Stmt> body) ->
                    write(
                            PythonText.str(
                                    filtered(filter, captured(body, new Scope(scope)), scope)));
            case Stmt.With with -> {
                var inner = new Scope(scope);
                for (int i = 0; i < with.targets().size(); i++) {
                    assign(
                            with.targets().get(i),
                            evaluation.of(with.values().get(i), scope),
                            inner);
                }
                run(with.body(), inner);
            }
            case Stmt.Block(List<Stmt> body) -> run(body, new Scope(scope));
            case Stmt.Macro macro ->
                    scope.set(macro.name(), macro(macro.parameters(), macro.body(), scope));
            case Stmt.CallBlock(List<Stmt.Parameter> parameters, Expr call, List<Stmt> body) -> {
                var inner = new Scope(scope);
                inner.set("<caller>", macro(parameters, body, scope));
                write(PythonText.str(evaluation.of(call, inner)));
            }
        }
    }

    private void loop(Stmt.For loop, @Nullable Object items, Scope scope, int level) {
        List<@Nullable Object> chosen = Values.items(items);
        Expr condition = loop.condition();
        if (condition != null) {
            var kept = new ArrayList<@Nullable Object>();
            for (Object item : chosen) {
                var inner = new Scope(scope);
                assign(loop.target(), item, inner);
                if (Values.truth(evaluation.of(condition, inner))) {
                    kept.add(item);
                }
            }
            chosen = kept;
        }
        if (chosen.isEmpty()) {
            run(loop.otherwise(), new Scope(scope));
            return;
        }
        Function again =
                !loop.recursive()
                        ? null
                        : given ->
                                captured(() ->
                                        loop(
                                                loop,
                                                given.required(0, "iterable"),
                                                scope,
                                                level + 1));
        var state = new Loop(chosen, level, again);
        for (int i = 0; i < chosen.size(); i++) {
            evaluation.step();
            state.at(i);
            var inner = new Scope(scope);
            inner.set("loop", state);
            assign(loop.target(), chosen.get(i), inner);
            run(loop.body(), inner);
        }
    }

    private static void assign(Stmt.Target target, @Nullable Object value, Scope scope) {
        switch (target) {
            case Stmt.Variable(String name) -> scope.set(name, value);
            case Stmt.NamespaceMember(String namespace, String name) -> {
                if (!(scope.get(namespace) instanceof Namespace members)) {
                    throw new TemplateException(
                            "cannot assign attribute on non-namespace object '%s'"
                                    .formatted(namespace));
                }
                members.members().put(name, value);
            }
            case Stmt.Several(List<Stmt.Target> targets) -> {
                List<@Nullable Object> values = Values.items(ListFilters.unpacked(value));
                if (values.size() != targets.size()) {
                    throw new TemplateException(
                            "cannot unpack %d values into %d names"
                                    .formatted(values.size(), targets.size()));
                }
                for (int i = 0; i < targets.size(); i++) {
                    assign(targets.get(i), values.get(i), scope);
                }
            }
        }
    }

    private Function macro(List<Stmt.Parameter> parameters, List<Stmt> body, Scope around) {
        return given -> {
            if (++depth > DEEPEST_CALL) {
                throw new TemplateException("macros call each other too deeply");
            }
            var scope = new Scope(around);
            bind(parameters, given, scope);
            String text = captured(body, scope);
            depth--;
            return text;
        };
    }

    private void bind(List<Stmt.Parameter> parameters, Given given, Scope scope) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(given.named());
        scope.set(
                "caller",
                rest.containsKey("caller") ? rest.remove("caller") : new Undefined("caller"));
        List<@Nullable Object> positional = given.positional();
        for (int i = 0; i < parameters.size(); i++) {
            Stmt.Parameter parameter = parameters.get(i);
            if (i < positional.size()) {
                scope.set(parameter.name(), positional.get(i));
            } else if (rest.containsKey(parameter.name())) {
                scope.set(parameter.name(), rest.remove(parameter.name()));
            } else {
                Expr fallback = parameter.fallback();
                scope.set(
                        parameter.name(),
                        fallback == null
                                ? new Undefined(parameter.name())
                                : evaluation.of(fallback, scope));
            }
        }
        int taken = Math.min(parameters.size(), positional.size());
        scope.set("varargs", new Values.Tuple(positional.subList(taken, positional.size())));
        scope.set("kwargs", rest);
    }

    private @Nullable Object filtered(@Nullable Expr filter, String text, Scope scope) {
        if (filter == null) {
            return text;
        }
        var inner = new Scope(scope);
        inner.set(Parser.BODY.name(), text);
        return evaluation.of(filter, inner);
    }

    private String captured(List<Stmt> body, Scope scope) {
        return captured(() -> run(body, scope));
    }

    private String captured(Runnable writing) {
        if (++depth > DEEPEST_CALL) {
            throw new TemplateException("blocks are nested too deeply");
        }
        StringBuilder before = out;
        out = new StringBuilder();
        writing.run();
        String text = out.toString();
        out = before;
        depth--;
        return text;
    }

    private void write(String text) {
        written += text.length();
        if (written > MOST_CHARACTERS) {
            throw new TemplateException("the rendered text is too long");
        }
        out.append(text);
    }
}
