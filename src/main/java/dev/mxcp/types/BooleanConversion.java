package dev.mxcp.types;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Booleans: also 0 and 1, and the usual words in any case (T7). Anything else is an error, never
/// false.
final class BooleanConversion extends Conversion {

    BooleanConversion(TypeDef type, boolean hidden) {
        super(type, true, hidden);
    }

    @Override
    @Nullable Object converted(Object raw, Intake intake) {
        Boolean value =
                switch (raw) {
                    case Boolean truth -> truth;
                    case String text -> word(text);
                    case Number number -> digit(number.doubleValue());
                    default -> null;
                };
        return value == null ? unexpected(raw, intake) : value;
    }

    private static @Nullable Boolean word(String text) {
        return text.length() > 5
                ? null
                : switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "t", "y", "1" -> true;
                    case "false", "no", "off", "f", "n", "0" -> false;
                    default -> null;
                };
    }

    private static @Nullable Boolean digit(double number) {
        return number == 1 ? (Boolean) true : number == 0 ? (Boolean) false : null;
    }
}
