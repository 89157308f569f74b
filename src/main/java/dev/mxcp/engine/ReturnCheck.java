package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.Column;
import dev.mxcp.project.yaml.Suggestions;
import dev.mxcp.types.Output;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.TypeDef.Bounds;
import dev.mxcp.types.TypeDef.ListOf;
import dev.mxcp.types.TypeDef.ObjectOf;
import dev.mxcp.types.ValueKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Compares the columns of an SQL result with the declared `return` before anything runs (O2, O3):
/// by asking the check of results about a row that has a harmless value of each column's type. One
/// use.
final class ReturnCheck {
    private final List<ReturnMismatch> found = new ArrayList<>();

    private ReturnCheck() {}

    /// What does not fit.
    static List<ReturnMismatch> of(TypeDef returns, List<Column> columns) {
        var check = new ReturnCheck();
        switch (returns.shape()) {
            case ListOf(TypeDef items, _, _, _) -> {
                if (items != null) {
                    check.row(items, columns, "return.items");
                }
            }
            case ObjectOf _ -> check.row(returns, columns, "return");
            default -> check.single(returns, columns);
        }
        return check.found;
    }

    /// A scalar is the only value of the only row.
    private void single(TypeDef returns, List<Column> columns) {
        if (columns.size() != 1) {
            found.add(
                    new ReturnMismatch(
                            "the query gives %d columns (%s), but 'return' is a single %s"
                                    .formatted(
                                            columns.size(),
                                            names(columns),
                                            returns.shape().yamlName()),
                            "return",
                            "select one column, or declare an object or array",
                            true));
        } else {
            value(returns, columns.getFirst(), "return");
        }
    }

    private void row(TypeDef type, List<Column> columns, String path) {
        if (!(type.shape() instanceof ObjectOf(var declared, var required, var additional))) {
            found.add(
                    new ReturnMismatch(
                            "each row of the query is an object (%s), but 'return' declares items of type %s"
                                    .formatted(names(columns), type.shape().yamlName()),
                            path + ".type",
                            "declare items of type object",
                            true));
            return;
        }
        SequencedMap<String, TypeDef> properties =
                declared == null ? new LinkedHashMap<>() : declared;
        var byName = new LinkedHashMap<String, Column>();
        columns.forEach(column -> byName.put(column.name(), column));
        absent(properties, required, byName, path);
        for (Column column : columns) {
            TypeDef property = properties.get(column.name());
            if (property != null) {
                value(property, column, path + ".properties." + column.name());
            } else if (Boolean.FALSE.equals(additional)) {
                found.add(
                        new ReturnMismatch(
                                "the query gives a column '%s' that 'return' does not admit"
                                        .formatted(column.name()),
                                path + ".additionalProperties",
                                "declare it under properties, or remove it from the query",
                                true));
            }
        }
    }

    private void absent(
            Map<String, TypeDef> properties,
            List<String> required,
            Map<String, Column> columns,
            String path) {
        var names = new ArrayList<>(properties.keySet());
        required.stream().filter(name -> !names.contains(name)).forEach(names::add);
        for (String name : names) {
            if (columns.containsKey(name)) {
                continue;
            }
            boolean needed = required.contains(name);
            String place =
                    properties.containsKey(name)
                            ? path + ".properties." + name
                            : path + ".required";
            found.add(
                    new ReturnMismatch(
                            needed
                                    ? "the query has no column '%s', which 'return' requires"
                                            .formatted(name)
                                    : "the query has no column '%s'; it will always be null"
                                            .formatted(name),
                            place,
                            Suggestions.fix(name, columns.keySet()),
                            needed));
        }
    }

    private void value(TypeDef declared, Column column, String path) {
        Object sample = sample(DeclaredColumns.kind(column.type()));
        String problem = Output.of(bare(declared)).values().problem(sample);
        if (problem != null) {
            found.add(
                    new ReturnMismatch(
                            "column '%s' of type %s is never valid: %s"
                                    .formatted(column.name(), column.type().sqlName(), problem),
                            path,
                            "correct the declared type, or cast the column",
                            true));
        }
    }

    /// The type without what only values can break.
    private static TypeDef bare(TypeDef type) {
        return TypeDef.of(
                switch (type.shape()) {
                    case TypeDef.Text _ -> TypeDef.Text.PLAIN;
                    case TypeDef.Int _ -> new TypeDef.Int(Bounds.NONE);
                    case TypeDef.Num _ -> new TypeDef.Num(Bounds.NONE);
                    case TypeDef.Bool bool -> bool;
                    case ListOf(TypeDef items, _, _, _) ->
                            new ListOf(items == null ? null : bare(items), null, null, false);
                    case ObjectOf(var properties, var required, var additional) -> {
                        var bare = new LinkedHashMap<String, TypeDef>();
                        if (properties != null) {
                            properties.forEach((name, member) -> bare.put(name, bare(member)));
                        }
                        yield new ObjectOf(properties == null ? null : bare, required, additional);
                    }
                });
    }

    /// A value as harmless as any of its kind: a whole number is valid where whole numbers are.
    private static @Nullable Object sample(ValueKind kind) {
        return switch (kind) {
            case ValueKind.Scalar scalar ->
                    switch (scalar) {
                        case INTEGER -> 1L;
                        case NUMBER -> 1.0;
                        case BOOLEAN -> true;
                        case TEXT -> "text";
                        case TEMPORAL -> LocalDate.of(2024, 1, 2);
                    };
            case ValueKind.Lists(ValueKind items) -> {
                Object item = sample(items);
                yield item == null ? List.of() : List.of(item);
            }
            case ValueKind.Objects(var members) -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                members.forEach((name, member) -> object.put(name, sample(member)));
                yield object;
            }
            case ValueKind.Maps _, ValueKind.Unknown _ -> null; // keys may be any
        };
    }

    private static String names(List<Column> columns) {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }
}
