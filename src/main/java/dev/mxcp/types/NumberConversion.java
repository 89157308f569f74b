package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Num;
import org.jspecify.annotations.Nullable;

/// Numbers, always as [Double] (T7).
final class NumberConversion extends Conversion {
    private final NumberRules rules;
    private final boolean unlimited;

    NumberConversion(TypeDef type, Num number, boolean hidden) {
        super(type, true, hidden);
        rules = new NumberRules(number.bounds());
        unlimited = rules.none();
    }

    @Override
    @Nullable Object converted(Object raw, Intake intake) {
        Double value =
                switch (raw) {
                    case Number number -> NumberText.number(number);
                    case String text -> NumberText.number(text);
                    case Boolean truth -> (Double) (truth ? 1.0 : 0.0);
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
