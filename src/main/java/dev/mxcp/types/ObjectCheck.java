package dev.mxcp.types;

import dev.mxcp.types.TypeDef.ObjectOf;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Objects: which members there are, and each declared one. Names that are no text count by their
/// text.
final class ObjectCheck extends ValueCheck {
    private final ObjectRules rules;
    private final SequencedMap<String, ValueCheck> properties = new LinkedHashMap<>();
    private final Map<String, Tracked> tracked = new HashMap<>();
    private final @Nullable EnumMembers members;

    /// A member whose presence matters: declared or required.
    record Tracked(int index, ValueCheck check, boolean optional) {}

    ObjectCheck(ObjectOf object, @Nullable EnumMembers members, boolean hidden) {
        this.rules = new ObjectRules(object);
        this.members = members;
        if (object.properties() != null) {
            object.properties()
                    .forEach(
                            (name, type) -> properties.put(name, ValueCheck.compile(type, hidden)));
        }
        for (String name : union(properties.keySet(), object.required())) {
            tracked.put(name, new Tracked(tracked.size(), property(name), isOptional(name)));
        }
    }

    @Override
    public boolean admitsAll(ValueKind kind) {
        if (members != null) {
            return false;
        }
        return switch (kind) {
            case ValueKind.Objects(var kinds) ->
                    rules.problem(kinds.keySet()) == null
                            && kinds.entrySet().stream()
                                    .allMatch(e -> property(e.getKey()).admitsAll(e.getValue()));
            case ValueKind.Maps(ValueKind values) ->
                    rules.none()
                            && properties.values().stream()
                                    .allMatch(check -> check.admitsAll(values));
            case ValueKind.Scalar _, ValueKind.Lists _, ValueKind.Unknown _ -> false;
        };
    }

    @Override
    public ValueCheck property(String name) {
        return properties.getOrDefault(name, AnyCheck.ANY);
    }

    @Override
    public @Nullable String namesProblem(Collection<String> names) {
        return rules.problem(names);
    }

    /// Whether an object must be seen as a whole: members one by one are not enough.
    boolean needsWhole() {
        return members != null;
    }

    ObjectRules rules() {
        return rules;
    }

    Map<String, Tracked> tracked() {
        return tracked;
    }

    private boolean isOptional(String name) {
        return properties.containsKey(name) && !rules.requires(name);
    }

    private static Set<String> union(Collection<String> some, Collection<String> others) {
        var all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static boolean has(Map<?, ?> map, String name) {
        return map.containsKey(name)
                || map.keySet().stream().anyMatch(key -> name.equals(String.valueOf(key)));
    }

    @Override
    String mismatch(String typeName) {
        return "Expected object, got " + typeName;
    }

    @Override
    @Nullable String found(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return mismatch(PythonNotation.typeName(value));
        }
        String missing = rules.missingProblem(name -> has(map, name));
        if (missing != null) {
            return missing;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            String unexpected = rules.unexpectedProblem(name);
            if (unexpected != null) {
                return unexpected;
            }
            String problem = property(name).problem(entry.getValue());
            if (problem != null) {
                return within("Property '" + name + "'", problem);
            }
        }
        return members == null || members.contains(map)
                ? null
                : "Invalid value. " + members.expectation();
    }
}
