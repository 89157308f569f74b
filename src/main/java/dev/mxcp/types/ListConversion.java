package dev.mxcp.types;

import dev.mxcp.types.TypeDef.ListOf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arrays: lists, or their JSON text (T7).
final class ListConversion extends Conversion {
    private final ListRules rules;
    private final @Nullable Conversion items;

    ListConversion(TypeDef type, ListOf list, boolean nullAdmitted, boolean hidden) {
        super(
                type,
                nullAdmitted,
                hidden || (list.items() != null && Sensitive.anywhere(list.items())));
        rules = new ListRules(list);
        items = list.items() == null ? null : Conversion.of(list.items(), false, hidden);
    }

    @Override
    @Nullable Object converted(Object raw, Intake intake) {
        Object value = raw instanceof String text ? decoded(text, intake) : raw;
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list)) {
            return unexpected(value, intake);
        }
        int mark = intake.mark();
        String wrongSize = rules.sizeProblem(list.size());
        if (wrongSize != null) {
            intake.problem(wrongSize);
        }
        List<?> converted = items == null ? list : eachConverted(items, list, intake);
        String twice = intake.foundSince(mark) ? null : rules.uniqueProblem(converted);
        if (twice != null) {
            intake.problem(twice);
        }
        return converted;
    }

    private static List<@Nullable Object> eachConverted(
            Conversion items, List<?> list, Intake intake) {
        var converted = new ArrayList<@Nullable Object>(list.size());
        int index = 0;
        for (Object item : list) {
            int mark = intake.mark();
            converted.add(items.convert(item, intake));
            if (intake.foundSince(mark)) {
                intake.within(mark, "Array item " + index);
            }
            index++;
        }
        return converted;
    }
}
