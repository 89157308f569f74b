package dev.mxcp.engine;

import dev.mxcp.engine.duckdb.SampleValues;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Makes a value for each declared parameter that DuckDB would bind as it binds a call's (T7, Q1):
/// what stands in an SQL text can then be checked although nobody calls. One use.
final class Samples {
    private static final LocalDate DAY = LocalDate.of(2024, 1, 2);

    private boolean exact = true;

    private Samples() {}

    static SampleValues of(List<Parameter> parameters) {
        var samples = new Samples();
        SequencedMap<String, @Nullable Object> values = new LinkedHashMap<>();
        parameters.forEach(
                parameter -> values.put(parameter.name(), samples.value(parameter.type())));
        return new SampleValues(values, samples.exact);
    }

    private @Nullable Object value(TypeDef type) {
        return switch (type.shape()) {
            case TypeDef.Text text -> text(type, text.format());
            case TypeDef.Int _ -> 1;
            case TypeDef.Num _ -> 1.0;
            case TypeDef.Bool _ -> true;
            case TypeDef.ListOf(TypeDef items, _, _, _) -> items == null ? List.of() : list(items);
            case TypeDef.ObjectOf(var properties, _, _) -> object(properties);
        };
    }

    /// Text that the endpoint knows to be sensible, where there is any: SQL may want a word that
    /// means something, as `date_trunc` does.
    private static Object text(TypeDef type, TypeDef.@Nullable Format format) {
        return switch (format) {
            case DATE -> DAY;
            case TIME -> LocalTime.NOON;
            case DATE_TIME, TIMESTAMP -> LocalDateTime.of(DAY, LocalTime.NOON);
            case DURATION -> "P1D";
            case EMAIL -> "somebody@example.com";
            case URI -> "https://example.com/";
            case null -> word(type);
        };
    }

    private static String word(TypeDef type) {
        List<@Nullable Object> members = type.enumeration();
        if (members != null && !members.isEmpty() && members.getFirst() instanceof String member) {
            return member;
        }
        if (type.fallback() != null && type.fallback().value() instanceof String written) {
            return written;
        }
        return !type.examples().isEmpty() && type.examples().getFirst() instanceof String example
                ? example
                : "a sample text";
    }

    private List<@Nullable Object> list(TypeDef items) {
        Object item = value(items);
        return item == null ? List.of() : List.of(item);
    }

    private Map<String, @Nullable Object> object(
            @Nullable SequencedMap<String, TypeDef> properties) {
        if (properties == null) {
            exact = false;
            return Map.of();
        }
        var members = new LinkedHashMap<String, @Nullable Object>();
        properties.forEach((name, type) -> members.put(name, value(type)));
        return members;
    }
}
