package dev.mxcp.project;

import dev.mxcp.project.yaml.ConfigNode;
import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import dev.mxcp.types.TypeDef.Bounds;
import dev.mxcp.types.TypeDef.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads type definitions and parameters (D5, D6). Constraints of another type than the declared
/// one must be well-formed but count for nothing.
final class TypeReader {
    private static final List<String> TYPES =
            List.of("string", "number", "integer", "boolean", "array", "object");
    private static final List<String> FORMATS =
            Arrays.stream(TypeDef.Format.values()).map(TypeDef.Format::yamlName).toList();
    private static final Map<String, String> ELSEWHERE = elsewhere();

    private TypeReader() {}

    /// The `return` of an endpoint; null when it is absent or null. Here alone our extension
    /// `nullable: true` is known: null is a valid result of an object or array (design, R10.6).
    static @Nullable TypeDef returns(ConfigNode endpoint) {
        return endpoint.optionalObject("return")
                .map(node -> type(node, node.bool("nullable", false)))
                .orElse(null);
    }

    /// The `parameters` of an endpoint; two of the same name are refused (D6.1).
    ///
    /// @param presentation reads the keys that are no part of the type
    static List<Parameter> parameters(
            ConfigNode endpoint, PresentationReader presentation, boolean tool) {
        var parameters = new ArrayList<Parameter>();
        Set<String> names = new HashSet<>();
        for (ConfigNode node : endpoint.objects("parameters")) {
            String name = node.string("name");
            if (node.has("name") && node.plain("name") instanceof String) {
                checkName(node, name);
                if (!names.add(name)) {
                    node.reject(
                            "name",
                            "duplicate parameter name '" + name + "'",
                            "give each parameter its own name");
                }
            }
            presentation.parameter(name, node, tool);
            parameters.add(new Parameter(name, type(node, false)));
        }
        return parameters;
    }

    private static void checkName(ConfigNode node, String name) {
        if (name.isEmpty()) {
            node.reject("name", "Parameter name cannot be empty", null);
        } else if (!isLetter(name.codePointAt(0))) {
            node.reject(
                    "name",
                    "Parameter name must start with a letter or underscore",
                    "rename '" + name + "'");
        } else if (!name.codePoints().allMatch(it -> isLetter(it) || isDigit(it))) {
            node.reject(
                    "name",
                    "Parameter name must contain only alphanumeric characters or underscores",
                    "rename '" + name + "'");
        }
    }

    private static boolean isLetter(int codePoint) {
        return codePoint == '_' || Character.isLetter(codePoint);
    }

    /// What Python calls alphanumeric beside letters.
    private static boolean isDigit(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                    true;
            default -> false;
        };
    }

    private static TypeDef type(ConfigNode node, boolean nullable) {
        String word = node.choice("type", TYPES, "string");
        node.optionalString("name"); // ignored outside parameters
        TypeDef.Text text = text(node, word.equals("string"));
        Bounds bounds = bounds(node);
        TypeDef.ListOf list = list(node);
        TypeDef.ObjectOf object = object(node);
        Shape shape =
                switch (word) {
                    case "number" -> new TypeDef.Num(bounds);
                    case "integer" -> new TypeDef.Int(bounds);
                    case "boolean" -> new TypeDef.Bool();
                    case "array" -> list;
                    case "object" -> object;
                    default -> text;
                };
        List<@Nullable Object> examples = node.list("examples");
        var type =
                new TypeDef(
                        shape,
                        node.optionalString("description"),
                        node.has("default") ? new TypeDef.Default(node.plain("default")) : null,
                        examples == null ? List.of() : examples,
                        node.list("enum"),
                        node.bool("sensitive", false),
                        nullable);
        node.rejectUnknownKeys(ELSEWHERE);
        return type;
    }

    private static TypeDef.Text text(ConfigNode node, boolean applies) {
        String word = node.choice("format", FORMATS);
        TypeDef.Format format =
                Arrays.stream(TypeDef.Format.values())
                        .filter(candidate -> candidate.yamlName().equals(word))
                        .findFirst()
                        .orElse(null);
        String pattern = node.optionalString("pattern");
        return new TypeDef.Text(
                format,
                node.optionalCount("minLength"),
                node.optionalCount("maxLength"),
                pattern == null || !applies ? null : pattern(node, pattern));
    }

    private static TypeDef.@Nullable Pattern pattern(ConfigNode node, String source) {
        try {
            return TypeDef.Pattern.of(source);
        } catch (com.google.re2j.PatternSyntaxException malformed) {
            node.reject(
                    "pattern",
                    "not a valid pattern: " + malformed.getDescription(),
                    "use RE2 syntax; look-around and back-references are not supported");
            return null;
        }
    }

    private static Bounds bounds(ConfigNode node) {
        return new Bounds(
                node.optionalNumber("minimum"),
                node.optionalNumber("maximum"),
                node.optionalNumber("exclusiveMinimum"),
                node.optionalNumber("exclusiveMaximum"),
                node.optionalNumber("multipleOf"));
    }

    private static TypeDef.ListOf list(ConfigNode node) {
        Boolean unique = node.optionalBool("uniqueItems");
        return new TypeDef.ListOf(
                node.optionalObject("items").map(items -> type(items, false)).orElse(null),
                node.optionalCount("minItems"),
                node.optionalCount("maxItems"),
                unique != null && unique);
    }

    private static TypeDef.ObjectOf object(ConfigNode node) {
        SequencedMap<String, TypeDef> properties = null;
        if (node.isPresent("properties")) {
            properties = new LinkedHashMap<>();
            for (var property : node.children("properties").entrySet()) {
                properties.put(property.getKey(), type(property.getValue(), false));
            }
        }
        return new TypeDef.ObjectOf(
                properties, required(node), node.optionalBool("additionalProperties"));
    }

    private static List<String> required(ConfigNode node) {
        if (node.plain("required") instanceof Boolean) {
            node.reject(
                    "required",
                    "must be a list, not a boolean",
                    "remove it: a parameter without a default is required");
            return List.of();
        }
        return node.strings("required");
    }

    private static Map<String, String> elsewhere() {
        String unsupported = "not supported; describe the value with type, properties and items";
        var keys = new LinkedHashMap<String, String>();
        for (String key : List.of("$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else")) {
            keys.put(key, unsupported);
        }
        keys.put("patternProperties", unsupported);
        keys.put("const", "write an enum of one value");
        keys.put("nullable", "only `return` itself can be nullable; null scalars are valid anyway");
        keys.put("title", "write a description");
        keys.put("optional", "give the parameter a default, which may be null");
        return keys;
    }
}
