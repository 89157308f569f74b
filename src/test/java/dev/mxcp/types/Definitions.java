package dev.mxcp.types;

import dev.mxcp.types.TypeDef.Bool;
import dev.mxcp.types.TypeDef.Bounds;
import dev.mxcp.types.TypeDef.Default;
import dev.mxcp.types.TypeDef.Format;
import dev.mxcp.types.TypeDef.Int;
import dev.mxcp.types.TypeDef.ListOf;
import dev.mxcp.types.TypeDef.Num;
import dev.mxcp.types.TypeDef.ObjectOf;
import dev.mxcp.types.TypeDef.Pattern;
import dev.mxcp.types.TypeDef.Shape;
import dev.mxcp.types.TypeDef.Text;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Type definitions for tests, in few words.
@SuppressWarnings("NullAway") // class files do not say that the lists of TypeDef may hold nulls
final class Definitions {
    static final TypeDef STRING = TypeDef.of(Text.PLAIN);
    static final TypeDef INTEGER = TypeDef.of(new Int(Bounds.NONE));
    static final TypeDef NUMBER = TypeDef.of(new Num(Bounds.NONE));
    static final TypeDef BOOLEAN = TypeDef.of(new Bool());
    static final TypeDef ARRAY = TypeDef.of(new ListOf(null, null, null, false));
    static final TypeDef OBJECT = TypeDef.of(new ObjectOf(null, List.of(), null));

    private Definitions() {}

    static TypeDef formatted(Format format) {
        return TypeDef.of(new Text(format, null, null, null));
    }

    static TypeDef text(@Nullable Integer min, @Nullable Integer max, @Nullable String pattern) {
        return TypeDef.of(new Text(null, min, max, pattern == null ? null : Pattern.of(pattern)));
    }

    static TypeDef listOf(TypeDef items) {
        return TypeDef.of(new ListOf(items, null, null, false));
    }

    static TypeDef listOf(
            TypeDef items, @Nullable Integer min, @Nullable Integer max, boolean unique) {
        return TypeDef.of(new ListOf(items, min, max, unique));
    }

    /// @param properties names and types by turns; a name with a star is required
    static TypeDef object(Object... properties) {
        return object(null, properties);
    }

    static TypeDef closed(Object... properties) {
        return object(false, properties);
    }

    private static TypeDef object(@Nullable Boolean additional, Object... properties) {
        SequencedMap<String, TypeDef> types = new LinkedHashMap<>();
        var required = new java.util.ArrayList<String>();
        for (int i = 0; i < properties.length; i += 2) {
            String name = (String) properties[i];
            boolean star = name.endsWith("*");
            name = star ? name.substring(0, name.length() - 1) : name;
            types.put(name, (TypeDef) properties[i + 1]);
            if (star) {
                required.add(name);
            }
        }
        return TypeDef.of(new ObjectOf(types, required, additional));
    }

    static TypeDef withDefault(TypeDef type, @Nullable Object value) {
        return new TypeDef(
                type.shape(),
                type.description(),
                new Default(value),
                type.examples(),
                type.enumeration(),
                type.sensitive(),
                type.nullable());
    }

    static TypeDef withEnum(TypeDef type, @Nullable Object... members) {
        return new TypeDef(
                type.shape(),
                type.description(),
                type.fallback(),
                type.examples(),
                Arrays.asList(members),
                type.sensitive(),
                type.nullable());
    }

    static TypeDef described(TypeDef type, String description) {
        return new TypeDef(
                type.shape(),
                description,
                type.fallback(),
                type.examples(),
                type.enumeration(),
                type.sensitive(),
                type.nullable());
    }

    static TypeDef sensitive(TypeDef type) {
        return new TypeDef(
                type.shape(),
                type.description(),
                type.fallback(),
                type.examples(),
                type.enumeration(),
                true,
                type.nullable());
    }

    static TypeDef nullable(TypeDef type) {
        return new TypeDef(
                type.shape(),
                type.description(),
                type.fallback(),
                type.examples(),
                type.enumeration(),
                type.sensitive(),
                true);
    }

    static TypeDef bounded(Shape numeric, String limit, double bound) {
        var bounds =
                switch (limit) {
                    case "minimum" -> new Bounds(bound, null, null, null, null);
                    case "maximum" -> new Bounds(null, bound, null, null, null);
                    case "exclusiveMinimum" -> new Bounds(null, null, bound, null, null);
                    case "exclusiveMaximum" -> new Bounds(null, null, null, bound, null);
                    default -> new Bounds(null, null, null, null, bound);
                };
        return TypeDef.of(numeric instanceof Int ? new Int(bounds) : new Num(bounds));
    }

    static Parameter parameter(String name, TypeDef type) {
        return new Parameter(name, type);
    }

    /// A map that may hold nulls.
    static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }
}
