package dev.mxcp.types;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Checks one JSON document while it is read, without building values where that is possible. For
/// one document, by one thread.
final class JsonCheck {
    private final JsonParser parser;
    private boolean complete = true;

    /// @param parser stands on the first token of the value
    JsonCheck(JsonParser parser) {
        this.parser = parser;
    }

    /// Whether every declared member was there in every object that was seen, so that normalising
    /// changes nothing.
    boolean complete() {
        return complete;
    }

    /// What is wrong with the whole document, or null.
    ///
    /// @param typeName Python's name for what the document was made of
    @Nullable String problem(ValueCheck check, String typeName) throws IOException {
        if (!fits(check) || (check instanceof TextCheck && typeName.startsWith("byte"))) {
            boolean frame = typeName.equals("DataFrame") || typeName.equals("Series");
            return check.mismatch(frame ? typeName + " (which is array)" : typeName);
        }
        return part(check);
    }

    /// Afterwards the parser stands on the last token of the value, whatever was wrong.
    private @Nullable String part(ValueCheck check) throws IOException {
        JsonToken token = parser.currentToken();
        if (check == AnyCheck.ANY || token == JsonToken.VALUE_NULL) {
            parser.skipChildren();
            return null;
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            return switch (check) {
                case ObjectCheck object when token == JsonToken.START_OBJECT ->
                        object.needsWhole() ? whole(object) : members(object);
                case ListCheck list when token == JsonToken.START_ARRAY ->
                        list.needsWhole() ? whole(list) : items(list);
                default -> {
                    parser.skipChildren();
                    yield check.mismatch(token == JsonToken.START_ARRAY ? "list" : "dict");
                }
            };
        }
        return check.admitsAll(kind(token)) ? null : check.problem(Json.value(parser));
    }

    private @Nullable String whole(ValueCheck check) throws IOException {
        complete = false; // not known
        return check.problem(Json.value(parser));
    }

    private @Nullable String members(ObjectCheck check) throws IOException {
        var seen = new boolean[check.tracked().size()];
        String problem = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            ObjectCheck.Tracked tracked = check.tracked().get(name);
            parser.nextToken();
            if (tracked != null) {
                seen[tracked.index()] = true;
            }
            if (problem != null) {
                parser.skipChildren();
                continue;
            }
            problem = check.rules().unexpectedProblem(name);
            if (problem != null || tracked == null) {
                parser.skipChildren();
                continue;
            }
            String inside = part(tracked.check());
            problem = inside == null ? null : ValueCheck.within("Property '" + name + "'", inside);
        }
        String missing = absent(check, seen);
        return missing != null ? missing : problem;
    }

    /// Looks at the members that were not seen.
    private @Nullable String absent(ObjectCheck check, boolean[] seen) {
        boolean required = false;
        for (ObjectCheck.Tracked tracked : check.tracked().values()) {
            if (!seen[tracked.index()]) {
                complete &= !tracked.optional();
                required |= !tracked.optional();
            }
        }
        return required
                ? check.rules().missingProblem(name -> isSeen(check.tracked().get(name), seen))
                : null;
    }

    private static boolean isSeen(ObjectCheck.@Nullable Tracked tracked, boolean[] seen) {
        return tracked != null && seen[tracked.index()];
    }

    private @Nullable String items(ListCheck check) throws IOException {
        String problem = null;
        int size = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (problem == null) {
                String inside = part(check.items());
                problem = inside == null ? null : ValueCheck.within("Array item " + size, inside);
            } else {
                parser.skipChildren();
            }
            size++;
        }
        String wrongSize = check.sizeProblem(size);
        return wrongSize != null ? wrongSize : problem;
    }

    private boolean fits(ValueCheck check) {
        JsonToken token = parser.currentToken();
        return token == JsonToken.VALUE_NULL
                || switch (check) {
                    case AnyCheck _ -> true;
                    case TextCheck _ -> token == JsonToken.VALUE_STRING;
                    case IntegerCheck _, NumberCheck _ -> token.isNumeric();
                    case BooleanCheck _ -> token.isBoolean();
                    case ListCheck _ -> token == JsonToken.START_ARRAY;
                    case ObjectCheck _ -> token == JsonToken.START_OBJECT;
                };
    }

    private static ValueKind kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> ValueKind.Scalar.TEXT;
            case VALUE_NUMBER_INT -> ValueKind.Scalar.INTEGER;
            case VALUE_NUMBER_FLOAT -> ValueKind.Scalar.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> ValueKind.Scalar.BOOLEAN;
            default -> new ValueKind.Unknown();
        };
    }
}
