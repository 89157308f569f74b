package dev.mxcp.server.mcp.message;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads messages from bytes in one pass, without a tree of the envelope. Unknown members are
/// skipped (M4.6); nesting is limited by the parser (M6.15).
public final class MessageReader {
    private MessageReader() {}

    /// Reads what a body or line holds. Never fails: what is no message is [Unreadable].
    public static Incoming read(byte[] utf8, int from, int length) {
        try (JsonParser parser = Json.parser(utf8, from, length)) {
            JsonToken first = parser.nextToken();
            Incoming incoming = first == JsonToken.START_ARRAY ? batch(parser) : single(parser);
            if (first == null || parser.nextToken() != null) {
                return unparsable("there is more than one JSON document, or none");
            }
            return incoming;
        } catch (JacksonException malformed) {
            var at = malformed.getLocation();
            return unparsable(
                    at == null
                            ? "malformed JSON"
                            : "malformed JSON at line %d, column %d"
                                    .formatted(at.getLineNr(), at.getColumnNr()));
        } catch (IOException malformed) {
            return unparsable("the bytes are no UTF-8 text");
        }
    }

    private static Incoming batch(JsonParser parser) throws IOException {
        var messages = new ArrayList<Incoming>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            messages.add(single(parser));
        }
        return messages.isEmpty()
                ? invalid(null, "a batch holds at least one message")
                : new Batch(messages);
    }

    private static Incoming single(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return invalid(null, "a message is a JSON object");
        }
        var members = new Members();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.take(name, parser);
        }
        return members.message();
    }

    private static Unreadable unparsable(String why) {
        return new Unreadable(null, ErrorCode.PARSE_ERROR, "Parse error: " + why);
    }

    private static Unreadable invalid(@Nullable RequestId id, String why) {
        return new Unreadable(id, ErrorCode.INVALID_REQUEST, "Invalid request: " + why);
    }

    /// The members of one envelope.
    private static final class Members {
        private @Nullable Object version;
        private boolean hasId;
        private @Nullable RequestId id;
        private boolean hasMethod;
        private @Nullable Object method;
        private boolean hasParams;
        private @Nullable Object params;
        private @Nullable Object result;
        private @Nullable Object error;
        private boolean hasOutcome;

        void take(String name, JsonParser parser) throws IOException {
            switch (name) {
                case "jsonrpc" -> version = Json.value(parser);
                case "id" -> {
                    hasId = true;
                    id = RequestId.of(Json.value(parser)).orElse(null);
                }
                case "method" -> {
                    hasMethod = true;
                    method = Json.value(parser);
                }
                case "params" -> {
                    hasParams = true;
                    params = Json.value(parser);
                }
                case "result" -> {
                    hasOutcome = true;
                    result = Json.value(parser);
                }
                case "error" -> {
                    hasOutcome = true;
                    error = Json.value(parser);
                }
                default -> parser.skipChildren();
            }
        }

        @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
        Incoming message() {
            if (!"2.0".equals(version)) {
                return invalid(id, "\"jsonrpc\" has to be \"2.0\"");
            }
            if (hasId && id == null) {
                return invalid(null, "\"id\" has to be a string or an integer");
            }
            if (!hasMethod) {
                return hasOutcome && id != null
                        ? response(id)
                        : invalid(id, "there is no \"method\"");
            }
            if (!(method instanceof String called)) {
                return invalid(id, "\"method\" has to be a string");
            }
            if (hasParams && !(params instanceof Map)) {
                return invalid(id, "\"params\" has to be an object");
            }
            Map<String, @Nullable Object> given =
                    params == null ? Map.of() : (Map<String, @Nullable Object>) params;
            return id == null ? new Notification(called, given) : new Request(id, called, given);
        }

        @SuppressWarnings("unchecked") // keys of parsed JSON objects are strings
        private Response response(RequestId answered) {
            if (error == null && result instanceof Map<?, ?> members) {
                return new Response(answered, (Map<String, @Nullable Object>) members, null);
            }
            String why =
                    error instanceof Map<?, ?> object
                                    && object.get("message") instanceof String text
                            ? text
                            : "the answer is no result";
            return new Response(answered, null, why);
        }
    }
}
