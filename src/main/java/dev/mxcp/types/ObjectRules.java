package dev.mxcp.types;

import dev.mxcp.types.TypeDef.ObjectOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which members an object must and may have (T6), ready to be asked.
final class ObjectRules {
    private final List<String> required;
    private final Set<String> declared;
    private final boolean open;

    ObjectRules(ObjectOf type) {
        required = type.required();
        declared = type.properties() == null ? Set.of() : Set.copyOf(type.properties().keySet());
        open = !Boolean.FALSE.equals(type.additionalProperties());
    }

    boolean none() {
        return required.isEmpty() && open;
    }

    boolean requires(String name) {
        return required.contains(name);
    }

    /// Whether members that are not declared are admitted.
    boolean open() {
        return open;
    }

    /// What is wrong when required members are missing, or null.
    ///
    /// @param present says whether a member is there
    @Nullable String missingProblem(Predicate<String> present) {
        List<String> missing = null;
        for (String name : required) {
            if (!present.test(name)) {
                missing = missing == null ? new ArrayList<>() : missing;
                missing.add(name);
            }
        }
        return missing == null
                ? null
                : "Missing required properties: " + String.join(", ", missing);
    }

    /// What is wrong with a member, or null.
    @Nullable String unexpectedProblem(String name) {
        return open || declared.contains(name) ? null : "Unexpected property: " + name;
    }

    /// What is wrong with a set of member names, or null.
    @Nullable String problem(Collection<String> names) {
        String missing = missingProblem(names::contains);
        if (missing != null || open) {
            return missing;
        }
        return names.stream()
                .map(this::unexpectedProblem)
                .filter(problem -> problem != null)
                .findFirst()
                .orElse(null);
    }
}
