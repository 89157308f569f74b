package dev.mxcp.engine.prompt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a template that renders, or changes what later pieces see.
sealed interface Stmt {
    record Text(String text) implements Stmt {}

    record Output(Expr value) implements Stmt {}

    record If(Expr condition, List<Stmt> then, List<Stmt> otherwise) implements Stmt {}

    record For(
            Target target,
            Expr items,
            @Nullable Expr condition,
            boolean recursive,
            List<Stmt> body,
            List<Stmt> otherwise)
            implements Stmt {}

    record Assign(Target target, Expr value) implements Stmt {}

    /// `{% set x %}...{% endset %}`; `filter` applies to a name no template can write.
    record AssignBlock(Target target, @Nullable Expr filter, List<Stmt> body) implements Stmt {}

    record With(List<Target> targets, List<Expr> values, List<Stmt> body) implements Stmt {}

    record Macro(String name, List<Parameter> parameters, List<Stmt> body) implements Stmt {}

    /// `{% call(args) macro() %}...{% endcall %}`
    record CallBlock(List<Parameter> parameters, Expr call, List<Stmt> body) implements Stmt {}

    record FilterBlock(Expr filter, List<Stmt> body) implements Stmt {}

    /// Statements with names of their own.
    record Block(List<Stmt> body) implements Stmt {}

    /// Where a value is put.
    sealed interface Target {}

    record Variable(String name) implements Target {}

    record NamespaceMember(String namespace, String name) implements Target {}

    record Several(List<Target> targets) implements Target {}

    /// A parameter of a macro.
    record Parameter(String name, @Nullable Expr fallback) {}
}
