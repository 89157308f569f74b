package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Bool;
import dev.mxcp.types.TypeDef.Bounds;
import dev.mxcp.types.TypeDef.Format;
import dev.mxcp.types.TypeDef.Int;
import dev.mxcp.types.TypeDef.ListOf;
import dev.mxcp.types.TypeDef.Num;
import dev.mxcp.types.TypeDef.ObjectOf;
import dev.mxcp.types.TypeDef.Text;
import dev.mxcp.types.json.Iso;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Type definitions as JSON Schema 2020-12 for MCP clients (J1, J2 and V10): what the author wrote,
/// inlined, without titles. Plain values, ready for JSON.
///
/// Arguments: nulls appear only where the definition says so, although null is accepted for every
/// scalar (clients mishandle unions with null). Results: SQL and Python may give null anywhere
/// below the top, and absent members are filled in with null, so the schema says it: clients check
/// results against it.
public final class JsonSchema {
    private static final double EXACT_IN_DOUBLE = 1L << 53;

    private final boolean results;

    private JsonSchema(boolean results) {
        this.results = results;
    }

    /// The input schema of an endpoint. Parameters without default come first, then the others,
    /// each in file order. There is no `additionalProperties`, since unknown arguments are dropped;
    /// only an endpoint without parameters has it, false (M14.3).
    public static SequencedMap<String, @Nullable Object> input(List<Parameter> parameters) {
        var schema = new LinkedHashMap<String, @Nullable Object>();
        schema.put("type", "object");
        var properties = new LinkedHashMap<String, @Nullable Object>();
        var writer = new JsonSchema(false);
        Stream.concat(
                        parameters.stream().filter(Parameter::required),
                        parameters.stream().filter(parameter -> !parameter.required()))
                .forEach(parameter ->
                        properties.put(parameter.name(), writer.schema(parameter.type(), false)));
        schema.put("properties", properties);
        List<String> required =
                parameters.stream().filter(Parameter::required).map(Parameter::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (parameters.isEmpty()) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    /// The schema of the value that an endpoint returns, unwrapped. It admits null for a scalar;
    /// for an array or an object only where the definition does.
    public static SequencedMap<String, @Nullable Object> output(TypeDef returns) {
        boolean scalar =
                !(returns.shape() instanceof ListOf) && !(returns.shape() instanceof ObjectOf);
        return new JsonSchema(true).schema(returns, scalar);
    }

    /// @param nullAdmitted whether null is a value here, whatever the definition says
    private SequencedMap<String, @Nullable Object> schema(TypeDef type, boolean nullAdmitted) {
        var schema = new LinkedHashMap<String, @Nullable Object>();
        List<@Nullable Object> members = EnumMembers.published(type);
        boolean orNull =
                nullAdmitted
                        || type.nullable()
                        || (members != null && members.contains(null))
                        || (type.fallback() != null && type.fallback().value() == null);
        String name = type.shape().yamlName();
        schema.put("type", orNull ? List.of(name, "null") : name);
        if (type.description() != null) {
            schema.put("description", type.description());
        }
        if (members != null) {
            schema.put("enum", written(orNull ? withNull(members) : members));
        }
        switch (type.shape()) {
            case Text text -> text(text, schema);
            case Int integer -> bounds(integer.bounds(), schema);
            case Num number -> bounds(number.bounds(), schema);
            case Bool _ -> {}
            case ListOf list -> list(list, schema);
            case ObjectOf object -> object(object, schema);
        }
        if (type.fallback() != null) {
            schema.put("default", written(type.fallback().value()));
        }
        if (!type.examples().isEmpty()) {
            schema.put("examples", written(type.examples()));
        }
        return schema;
    }

    private void text(Text text, Map<String, @Nullable Object> schema) {
        if (text.format() != null && isPublished(text.format())) {
            schema.put("format", text.format().yamlName());
        }
        put("minLength", text.minLength(), schema);
        put("maxLength", text.maxLength(), schema);
        if (text.pattern() != null) {
            schema.put("pattern", text.pattern().source());
        }
    }

    /// `timestamp` is no word of JSON Schema. `time` and `date-time` demand an offset there (RFC
    /// 3339) and the official TypeScript client enforces that: a TIMESTAMP result, which has none,
    /// would be refused, so results do not claim it.
    private boolean isPublished(Format format) {
        return switch (format) {
            case EMAIL, URI, DATE, DURATION -> true;
            case TIME, DATE_TIME -> !results;
            case TIMESTAMP -> false;
        };
    }

    private static void bounds(Bounds bounds, Map<String, @Nullable Object> schema) {
        put("minimum", number(bounds.minimum()), schema);
        put("maximum", number(bounds.maximum()), schema);
        put("exclusiveMinimum", number(bounds.exclusiveMinimum()), schema);
        put("exclusiveMaximum", number(bounds.exclusiveMaximum()), schema);
        put("multipleOf", number(bounds.multipleOf()), schema);
    }

    private void list(ListOf list, Map<String, @Nullable Object> schema) {
        if (list.items() != null) {
            schema.put("items", schema(list.items(), results));
        } else {
            schema.put("items", new LinkedHashMap<String, @Nullable Object>());
        }
        put("minItems", list.minItems(), schema);
        put("maxItems", list.maxItems(), schema);
        if (list.uniqueItems()) {
            schema.put("uniqueItems", true);
        }
    }

    private void object(ObjectOf object, Map<String, @Nullable Object> schema) {
        if (object.properties() != null) {
            var properties = new LinkedHashMap<String, @Nullable Object>();
            object.properties()
                    .forEach((name, type) -> properties.put(name, schema(type, results)));
            schema.put("properties", properties);
        }
        if (!object.required().isEmpty()) {
            schema.put("required", object.required());
        }
        if (object.additionalProperties() != null) {
            schema.put("additionalProperties", object.additionalProperties());
        }
    }

    private static void put(
            String key, @Nullable Object value, Map<String, @Nullable Object> schema) {
        if (value != null) {
            schema.put(key, value);
        }
    }

    /// A limit as people write it: whole numbers without a fraction.
    private static @Nullable Object number(@Nullable Double limit) {
        if (limit == null || limit != Math.rint(limit) || Math.abs(limit) >= EXACT_IN_DOUBLE) {
            return limit;
        }
        return (Object) limit.longValue();
    }

    private static List<@Nullable Object> withNull(List<@Nullable Object> members) {
        if (members.contains(null)) {
            return members;
        }
        var all = new ArrayList<@Nullable Object>(members);
        all.add(null);
        return all;
    }

    /// What the author wrote, with the dates of YAML as their text.
    private static @Nullable Object written(@Nullable Object value) {
        return switch (value) {
            case LocalDate date -> Iso.text(date);
            case LocalTime time -> Iso.text(time);
            case LocalDateTime time -> Iso.text(time);
            case OffsetDateTime time -> Iso.text(time);
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> copy.add(written(item)));
                yield copy;
            }
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, item) -> copy.put(String.valueOf(name), written(item)));
                yield copy;
            }
            case null, default -> value;
        };
    }
}
