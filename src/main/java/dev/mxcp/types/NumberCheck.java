package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Num;
import org.jspecify.annotations.Nullable;

/// Numbers of every kind, but no booleans.
final class NumberCheck extends ScalarCheck {
    private final NumberRules rules;
    private final boolean free;

    NumberCheck(Num number, @Nullable EnumMembers members) {
        super(number, members);
        rules = new NumberRules(number.bounds());
        free = rules.none() && members == null;
    }

    @Override
    public boolean admitsAll(ValueKind kind) {
        return free && (kind == ValueKind.Scalar.INTEGER || kind == ValueKind.Scalar.NUMBER);
    }

    @Override
    @Nullable String found(Object value) {
        if (!(value instanceof Number number)) {
            return mismatch(PythonNotation.typeName(value));
        }
        if (free) {
            return null;
        }
        String problem = rules.problem(number);
        return problem != null ? problem : memberProblem(number);
    }
}
