package dev.mxcp.types;

import org.jspecify.annotations.Nullable;

/// Booleans and nothing else.
final class BooleanCheck extends ScalarCheck {

    BooleanCheck(@Nullable EnumMembers members) {
        super(new TypeDef.Bool(), members);
    }

    @Override
    public boolean admitsAll(ValueKind kind) {
        return kind == ValueKind.Scalar.BOOLEAN && !hasMembers();
    }

    @Override
    @Nullable String found(Object value) {
        return value instanceof Boolean
                ? memberProblem(value)
                : mismatch(PythonNotation.typeName(value));
    }
}
