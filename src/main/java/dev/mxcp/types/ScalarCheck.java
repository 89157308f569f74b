package dev.mxcp.types;

import org.jspecify.annotations.Nullable;

/// What the checks of scalars share: the name of the type and its `enum`.
abstract sealed class ScalarCheck extends ValueCheck
        permits TextCheck, IntegerCheck, NumberCheck, BooleanCheck {
    private final String yamlName;
    private final @Nullable EnumMembers members;

    ScalarCheck(TypeDef.Shape shape, @Nullable EnumMembers members) {
        this.yamlName = shape.yamlName();
        this.members = members;
    }

    final boolean hasMembers() {
        return members != null;
    }

    final @Nullable String memberProblem(Object value) {
        return members == null || members.contains(value)
                ? null
                : "Invalid value. " + members.expectation();
    }

    @Override
    final String mismatch(String typeName) {
        return "Expected " + yamlName + ", got " + typeName;
    }
}
