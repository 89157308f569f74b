package dev.mxcp.types;

import dev.mxcp.types.TypeDef.ListOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists: their size, and each item.
final class ListCheck extends ValueCheck {
    private final ListRules rules;
    private final ValueCheck items;
    private final @Nullable EnumMembers members;
    private final @Nullable Normalisation filling;

    ListCheck(ListOf list, @Nullable EnumMembers members, boolean hidden) {
        this.rules = new ListRules(list);
        this.items = ValueCheck.compile(list.items(), hidden);
        this.members = members;
        this.filling = list.uniqueItems() ? Normalisation.of(list.items()) : null;
    }

    @Override
    public boolean admitsAll(ValueKind kind) {
        return kind instanceof ValueKind.Lists(ValueKind each)
                && rules.none()
                && members == null
                && items.admitsAll(each);
    }

    @Override
    public ValueCheck items() {
        return items;
    }

    /// Whether a list must be seen as a whole: items one by one are not enough.
    boolean needsWhole() {
        return rules.unique() || members != null;
    }

    @Nullable String sizeProblem(int size) {
        return rules.sizeProblem(size);
    }

    @Override
    String mismatch(String typeName) {
        return "Expected array, got " + typeName;
    }

    @Override
    @Nullable String found(Object value) {
        if (!(value instanceof List<?> list)) {
            return mismatch(PythonNotation.typeName(value));
        }
        String wrongSize = rules.sizeProblem(list.size());
        if (wrongSize != null) {
            return wrongSize;
        }
        int index = 0;
        for (Object item : list) {
            String problem = items.problem(item);
            if (problem != null) {
                return within("Array item " + index, problem);
            }
            index++;
        }
        String twice = rules.uniqueProblem(filled(list));
        if (twice != null) {
            return twice;
        }
        return members == null || members.contains(list)
                ? null
                : "Invalid value. " + members.expectation();
    }

    /// Items that differ only in a default left out are the same once that is filled in (O6).
    private List<?> filled(List<?> list) {
        return filling == null ? list : list.stream().map(filling::apply).toList();
    }
}
