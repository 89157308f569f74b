package dev.mxcp.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A type definition of an endpoint file (D5): what it admits and what it says about itself.
/// Immutable.
///
/// @param shape the kind of value with the constraints that kind knows
/// @param description for people and models
/// @param fallback the `default` key; absent is not the same as a default of null (T3)
/// @param examples plain values
/// @param enumeration plain values that alone are admitted, in file order
/// @param sensitive never written to audit records, removed by the policy action
///   `filter_sensitive_fields`
/// @param nullable our extension for `return`: null is a valid result of an object or array
public record TypeDef(
        Shape shape,
        @Nullable String description,
        @Nullable Default fallback,
        List<@Nullable Object> examples,
        @Nullable List<@Nullable Object> enumeration,
        boolean sensitive,
        boolean nullable) {

    public TypeDef {
        examples = frozen(examples);
        enumeration = enumeration == null ? null : frozen(enumeration);
    }

    /// A type with nothing but its shape.
    public static TypeDef of(Shape shape) {
        return new TypeDef(shape, null, null, List.of(), null, false, false);
    }

    /// A written default; its value may be null.
    public record Default(@Nullable Object value) {}

    /// What kind of value, with the constraints that belong to it.
    public sealed interface Shape {

        /// The word that names the kind in YAML and in messages.
        default String yamlName() {
            return switch (this) {
                case Text _ -> "string";
                case Int _ -> "integer";
                case Num _ -> "number";
                case Bool _ -> "boolean";
                case ListOf _ -> "array";
                case ObjectOf _ -> "object";
            };
        }
    }

    public record Text(
            @Nullable Format format,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable Pattern pattern)
            implements Shape {
        /// A string without any constraint.
        public static final Text PLAIN = new Text(null, null, null, null);
    }

    public record Int(Bounds bounds) implements Shape {}

    public record Num(Bounds bounds) implements Shape {}

    public record Bool() implements Shape {}

    /// A list.
    ///
    /// @param items null admits any element
    public record ListOf(
            @Nullable TypeDef items,
            @Nullable Integer minItems,
            @Nullable Integer maxItems,
            boolean uniqueItems)
            implements Shape {}

    /// A map with text keys.
    ///
    /// @param properties in file order; null when the key is absent
    /// @param additionalProperties null when the key is absent, which admits them
    public record ObjectOf(
            @Nullable SequencedMap<String, TypeDef> properties,
            List<String> required,
            @Nullable Boolean additionalProperties)
            implements Shape {
        public ObjectOf {
            properties =
                    properties == null
                            ? null
                            : Collections.unmodifiableSequencedMap(new LinkedHashMap<>(properties));
            required = List.copyOf(required);
        }
    }

    /// Limits of a number; null where the key is absent.
    public record Bounds(
            @Nullable Double minimum,
            @Nullable Double maximum,
            @Nullable Double exclusiveMinimum,
            @Nullable Double exclusiveMaximum,
            @Nullable Double multipleOf) {
        /// No limit at all.
        public static final Bounds NONE = new Bounds(null, null, null, null, null);
    }

    /// Formats of strings (D5).
    public enum Format {
        EMAIL("email"),
        URI("uri"),
        DATE("date"),
        TIME("time"),
        DATE_TIME("date-time"),
        DURATION("duration"),
        TIMESTAMP("timestamp");

        private final String yamlName;

        Format(String yamlName) {
            this.yamlName = yamlName;
        }

        public String yamlName() {
            return yamlName;
        }
    }

    /// A `pattern`: as written, and compiled for search in linear time (T6).
    public record Pattern(String source, com.google.re2j.Pattern compiled) {
        /// Compiles a pattern.
        ///
        /// @throws com.google.re2j.PatternSyntaxException when the syntax is not that of a
        ///   linear-time engine
        public static Pattern of(String source) {
            return new Pattern(source, com.google.re2j.Pattern.compile(source));
        }
    }

    private static List<@Nullable Object> frozen(List<@Nullable Object> values) {
        return Collections.unmodifiableList(new ArrayList<>(values));
    }
}
