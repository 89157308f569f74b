package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Bool;
import dev.mxcp.types.TypeDef.Int;
import dev.mxcp.types.TypeDef.ListOf;
import dev.mxcp.types.TypeDef.Num;
import dev.mxcp.types.TypeDef.ObjectOf;
import dev.mxcp.types.TypeDef.Text;
import dev.mxcp.types.json.Json;
import org.jspecify.annotations.Nullable;

/// Turns raw values into what endpoint code receives, for one type definition (T5-T7). Compiled
/// once per endpoint; immutable.
abstract class Conversion {
    private final String yamlName;
    private final boolean nullAdmitted;
    private final boolean hidden;

    /// @param nullAdmitted whether an MCP client may send null; other sources always may (T4.2,
    ///   T5.6)
    /// @param hidden whether values must not be quoted in messages
    Conversion(TypeDef type, boolean nullAdmitted, boolean hidden) {
        this.yamlName = type.shape().yamlName();
        this.nullAdmitted = nullAdmitted;
        this.hidden = hidden;
    }

    /// The conversion of a parameter, without its `enum`, for which the parameter has its own
    /// message.
    static Conversion ofParameter(TypeDef type) {
        boolean nullDefault = type.fallback() != null && type.fallback().value() == null;
        return ofShape(type, nullDefault, false);
    }

    /// The conversion of a part of a parameter, with its `enum`.
    ///
    /// @param optional whether it is a member that may be absent: then null is as good as absence
    /// @param hidden whether the whole is sensitive
    static Conversion of(TypeDef type, boolean optional, boolean hidden) {
        Conversion plain = ofShape(type, optional, hidden);
        EnumMembers members = EnumMembers.ofInput(type, plain);
        return members == null ? plain : new EnumConversion(type, plain, members);
    }

    private static Conversion ofShape(TypeDef type, boolean optional, boolean partOfHidden) {
        boolean hidden = partOfHidden || type.sensitive();
        boolean orNull = optional || type.nullable();
        return switch (type.shape()) {
            case Text text -> new TextConversion(type, text, hidden);
            case Int integer -> new IntegerConversion(type, integer, hidden);
            case Num number -> new NumberConversion(type, number, hidden);
            case Bool _ -> new BooleanConversion(type, hidden);
            case ListOf list -> new ListConversion(type, list, orNull, hidden);
            case ObjectOf object -> new ObjectConversion(type, object, orNull, hidden);
        };
    }

    /// Converts and checks. What is wrong goes to the intake; the result is then worth nothing.
    final @Nullable Object convert(@Nullable Object raw, Intake intake) {
        if (raw != null) {
            return converted(raw, intake);
        }
        if (!nullAdmitted && intake.fromMcp()) {
            intake.problem("Expected " + yamlName + ", got NoneType");
        }
        return null;
    }

    final boolean nullAdmitted() {
        return nullAdmitted;
    }

    abstract @Nullable Object converted(Object raw, Intake intake);

    /// Reports a value of the wrong kind. Gives null, for the caller to return.
    final @Nullable Object unexpected(Object raw, Intake intake) {
        var reason = new StringBuilder("Expected ").append(yamlName).append(", got ");
        reason.append(PythonNotation.typeName(raw));
        if (!hidden && (raw instanceof String || raw instanceof Number)) {
            reason.append(": ").append(PythonNotation.cut(PythonNotation.shown(raw)));
        }
        intake.problem(reason.toString());
        return null;
    }

    /// Reports a value of the right kind that cannot be read. Gives null, for the caller to return.
    ///
    /// @param remedy put behind in brackets, unless empty
    final @Nullable Object invalid(String what, Object raw, String remedy, Intake intake) {
        String value = hidden ? "" : ": " + PythonNotation.cut(PythonNotation.text(raw));
        intake.problem("Invalid " + what + value + (remedy.isEmpty() ? "" : " (" + remedy + ")"));
        return null;
    }

    /// What a text holds for an array or an object: JSON (T4.1). When it is not JSON that is
    /// reported and the result is null.
    final @Nullable Object decoded(String text, Intake intake) {
        Object value;
        try {
            value = Json.parse(text);
        } catch (Json.Malformed _) {
            return invalid("JSON " + yamlName, text, "", intake);
        }
        if (value == null) {
            intake.problem("Expected " + yamlName + ", got the text null");
        }
        return value;
    }
}
