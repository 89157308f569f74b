package dev.mxcp.types;

import dev.mxcp.types.TypeDef.ObjectOf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Objects: maps, or their JSON text (T7). Declared members come first, in the order of the
/// definition; absent optional ones are filled in with their default or null (T4.6).
final class ObjectConversion extends Conversion {
    private final ObjectRules rules;
    private final SequencedMap<String, Member> members = new LinkedHashMap<>();

    ObjectConversion(TypeDef type, ObjectOf object, boolean nullAdmitted, boolean hidden) {
        super(type, nullAdmitted, hidden || Sensitive.anywhere(type));
        rules = new ObjectRules(object);
        if (object.properties() != null) {
            object.properties()
                    .forEach((name, property) ->
                            members.put(name, member(property, !rules.requires(name), hidden)));
        }
    }

    /// @param fallback null for a member that must not be filled in
    private record Member(Conversion conversion, @Nullable Fallback fallback) {}

    private static Member member(TypeDef type, boolean optional, boolean hidden) {
        Conversion conversion = Conversion.of(type, optional, hidden);
        return new Member(conversion, optional ? Fallback.of(type, conversion) : null);
    }

    @Override
    @Nullable Object converted(Object raw, Intake intake) {
        Object value = raw instanceof String text ? decoded(text, intake) : raw;
        if (value == null) {
            return null;
        }
        return value instanceof Map<?, ?> map ? members(map, intake) : unexpected(value, intake);
    }

    private SequencedMap<String, @Nullable Object> members(Map<?, ?> given, Intake intake) {
        String missing = rules.missingProblem(given::containsKey);
        if (missing != null) {
            intake.problem(missing);
        }
        var result = new LinkedHashMap<String, @Nullable Object>();
        int met = 0;
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            String name = entry.getKey();
            Member member = entry.getValue();
            Object value = given.get(name);
            if (value != null || given.containsKey(name)) {
                met++;
                int mark = intake.mark();
                result.put(name, member.conversion.convert(value, intake));
                named(name, mark, intake);
            } else if (member.fallback != null && intake.fills()) {
                int mark = intake.mark();
                result.put(name, member.fallback.value(intake));
                named(name, mark, intake);
            }
        }
        if (met < given.size()) {
            undeclared(given, result, intake);
        }
        return result;
    }

    private void undeclared(
            Map<?, ?> given, SequencedMap<String, @Nullable Object> result, Intake intake) {
        for (Map.Entry<?, ?> entry : given.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (members.containsKey(name)) {
                continue;
            }
            String problem = rules.unexpectedProblem(name);
            if (problem == null) {
                result.put(name, entry.getValue());
            } else {
                intake.problem(problem);
            }
        }
    }

    private static void named(String name, int mark, Intake intake) {
        if (intake.foundSince(mark)) {
            intake.within(mark, "Property '" + name + "'");
        }
    }
}
