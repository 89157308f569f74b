package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Int;
import org.jspecify.annotations.Nullable;

/// Integers of any size: [Long] where it fits, else [java.math.BigInteger] (T7).
final class IntegerConversion extends Conversion {
    private final NumberRules rules;
    private final boolean unlimited;

    IntegerConversion(TypeDef type, Int integer, boolean hidden) {
        super(type, true, hidden);
        rules = new NumberRules(integer.bounds());
        unlimited = rules.none();
    }

    @Override
    @Nullable Object converted(Object raw, Intake intake) {
        Number value =
                switch (raw) {
                    case Number number -> NumberText.integer(number);
                    case String text -> NumberText.integer(text);
                    case Boolean truth -> (Number) (truth ? 1L : 0L);
                    default -> null;
                };
        if (value == null) {
            return unexpected(raw, intake);
        }
        String problem = unlimited ? null : rules.problem(value);
        if (problem != null) {
            intake.problem(problem);
        }
        return value;
    }
}
