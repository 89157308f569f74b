package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Int;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Integers of any size, also decimals and floats without a fraction (O3.2).
final class IntegerCheck extends ScalarCheck {
    private final NumberRules rules;
    private final boolean free;

    IntegerCheck(Int integer, @Nullable EnumMembers members) {
        super(integer, members);
        rules = new NumberRules(integer.bounds());
        free = rules.none() && members == null;
    }

    @Override
    public boolean admitsAll(ValueKind kind) {
        return free && kind == ValueKind.Scalar.INTEGER;
    }

    @Override
    @Nullable String found(Object value) {
        if (!(value instanceof Number number) || !isWhole(number)) {
            return mismatch(PythonNotation.typeName(value));
        }
        if (free) {
            return null;
        }
        String problem = rules.problem(number);
        return problem != null ? problem : memberProblem(number);
    }

    private static boolean isWhole(Number number) {
        return switch (number) {
            case Double inexact -> inexact == Math.rint(inexact);
            case Float inexact -> inexact == Math.rint(inexact);
            case BigDecimal decimal ->
                    decimal.scale() <= 0 || decimal.stripTrailingZeros().scale() <= 0;
            default -> true;
        };
    }
}
