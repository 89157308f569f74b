package dev.mxcp.types;

import org.jspecify.annotations.Nullable;

/// One declared parameter, ready to take its raw value. Immutable.
final class Argument {
    private final String name;
    private final Conversion conversion;
    private final @Nullable EnumMembers members;
    private final @Nullable Fallback fallback;
    private final boolean nullMember;
    private final boolean quotes;

    Argument(Parameter parameter) {
        TypeDef type = parameter.type();
        name = parameter.name();
        conversion = Conversion.ofParameter(type);
        members = EnumMembers.ofInput(type, conversion);
        fallback = type.fallback() == null ? null : Fallback.of(type, conversion);
        boolean nullDefault = type.fallback() != null && type.fallback().value() == null;
        nullMember = nullDefault || type.nullable();
        quotes = !Sensitive.anywhere(type);
    }

    String name() {
        return name;
    }

    /// The converted value of an argument that was given (T5.4, T5.5).
    @Nullable Object given(@Nullable Object raw, Intake intake) {
        int mark = intake.mark();
        Object value = conversion.convert(raw, intake);
        return checked(value, mark, intake);
    }

    /// The value of an argument that was not given (T3).
    @Nullable Object absent(Intake intake) {
        if (fallback == null) {
            intake.problem("Required parameter missing: " + name);
            return null;
        }
        int mark = intake.mark();
        return checked(fallback.value(intake), mark, intake);
    }

    private @Nullable Object checked(@Nullable Object value, int mark, Intake intake) {
        if (intake.foundSince(mark)) {
            intake.within(mark, "Error validating parameter '" + name + "'");
        } else if (members != null && !(value == null && nullMember) && !members.contains(value)) {
            String got = quotes ? ", got " + PythonNotation.cut(PythonNotation.shown(value)) : "";
            intake.problem("Invalid value for " + name + ". " + members.expectation() + got);
        }
        return value;
    }
}
