package dev.mxcp.types;

import org.jspecify.annotations.Nullable;

/// A part of a parameter that has an `enum`: converts first, then compares.
final class EnumConversion extends Conversion {
    private final Conversion plain;
    private final EnumMembers members;

    EnumConversion(TypeDef type, Conversion plain, EnumMembers members) {
        super(type, plain.nullAdmitted(), type.sensitive());
        this.plain = plain;
        this.members = members;
    }

    @Override
    @Nullable Object converted(Object raw, Intake intake) {
        int mark = intake.mark();
        Object value = plain.convert(raw, intake);
        if (!intake.foundSince(mark) && !members.contains(value)) {
            intake.problem("Invalid value. " + members.expectation());
        }
        return value;
    }
}
