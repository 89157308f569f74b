package dev.mxcp.server.mcp.method;

import dev.mxcp.engine.call.Question;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether what a client answered is an answer to what it was asked (M22.6, M22.8, M22.10).
final class Answers {
    private static final Set<String> ACTIONS = Set.of("accept", "decline", "cancel");

    private Answers() {}

    /// What is wrong with an answer, or null.
    static @Nullable String problem(Question question, @Nullable Object answer) {
        if (!(answer instanceof Map<?, ?> members)) {
            return "the answer has to be an object";
        }
        return switch (question.method()) {
            case Question.ELICIT -> elicited(question, members);
            case Question.SAMPLE ->
                    members.get("role") instanceof String && members.get("content") != null
                            ? null
                            : "a sampled message has a role and content";
            default ->
                    members.get("roots") instanceof List<?> roots
                                    && roots.stream().allMatch(Answers::isRoot)
                            ? null
                            : "the answer has to be a list of roots, each with a uri";
        };
    }

    private static boolean isRoot(@Nullable Object root) {
        return root instanceof Map<?, ?> members && members.get("uri") instanceof String;
    }

    private static @Nullable String elicited(Question question, Map<?, ?> answer) {
        if (!(answer.get("action") instanceof String action) || !ACTIONS.contains(action)) {
            return "action has to be accept, decline or cancel";
        }
        if (!action.equals("accept")
                || !(question.params().get("requestedSchema") instanceof Map<?, ?> schema)) {
            return null;
        }
        if (!(answer.get("content") instanceof Map<?, ?> content)) {
            return "content has to be an object";
        }
        return form(schema, content);
    }

    private static @Nullable String form(Map<?, ?> schema, Map<?, ?> content) {
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (content.get(name) == null) {
                    return name + " is missing";
                }
            }
        }
        if (schema.get("properties") instanceof Map<?, ?> fields) {
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                Object value = content.get(field.getKey());
                if (value != null
                        && field.getValue() instanceof Map<?, ?> definition
                        && !fits(definition, value)) {
                    return field.getKey() + " is not what was asked for";
                }
            }
        }
        return null;
    }

    private static boolean fits(Map<?, ?> field, Object value) {
        return switch (String.valueOf(field.get("type"))) {
            case "string" -> value instanceof String text && textFits(field, text);
            case "integer" -> isInteger(value) && inBounds(field, value);
            case "number" -> value instanceof Number && inBounds(field, value);
            case "boolean" -> value instanceof Boolean;
            case "array" -> value instanceof List<?> list && listFits(field, list);
            default -> true;
        };
    }

    private static boolean textFits(Map<?, ?> field, String text) {
        int length = text.codePointCount(0, text.length());
        return (!(field.get("minLength") instanceof Number least) || length >= least.longValue())
                && (!(field.get("maxLength") instanceof Number most) || length <= most.longValue())
                && isMember(field, text);
    }

    private static boolean listFits(Map<?, ?> field, List<?> list) {
        return (!(field.get("minItems") instanceof Number least)
                        || list.size() >= least.longValue())
                && (!(field.get("maxItems") instanceof Number most)
                        || list.size() <= most.longValue())
                && (!(field.get("items") instanceof Map<?, ?> items)
                        || list.stream().allMatch(item -> isMember(items, item)));
    }

    private static boolean isMember(Map<?, ?> definition, @Nullable Object value) {
        if (definition.get("enum") instanceof List<?> members) {
            return members.contains(value);
        }
        List<?> titled =
                Stream.of(definition.get("oneOf"), definition.get("anyOf"))
                        .filter(List.class::isInstance)
                        .map(List.class::cast)
                        .findFirst()
                        .orElse(null);
        return titled == null
                || titled.stream()
                        .anyMatch(one ->
                                one instanceof Map<?, ?> option
                                        && Objects.equals(option.get("const"), value));
    }

    private static boolean isInteger(Object value) {
        return value instanceof Long
                || value instanceof BigInteger
                || (value instanceof Number number && number.doubleValue() % 1 == 0);
    }

    private static boolean inBounds(Map<?, ?> field, Object value) {
        BigDecimal number = new BigDecimal(value.toString());
        return (!(field.get("minimum") instanceof Number least)
                        || number.compareTo(new BigDecimal(least.toString())) >= 0)
                && (!(field.get("maximum") instanceof Number most)
                        || number.compareTo(new BigDecimal(most.toString())) <= 0);
    }
}
