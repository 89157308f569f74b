package dev.mxcp.types.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses JSON into plain values: LinkedHashMap, ArrayList, String, Long or BigInteger, Double,
/// Boolean, null. Integers keep every digit. Duplicate keys: the last one wins. Nesting is limited
/// to 200 levels. Thread-safe.
public final class Json {
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(200)
                                    .maxNumberLength(1000)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    /// The library's words for a source that it must not show; behind them a place may follow.
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*(?:; )?([^\\]]*)]");

    private Json() {}

    /// Text that is not one JSON document. The message says what and where, without quoting the
    /// text.
    public static final class Malformed extends RuntimeException {
        Malformed(String message) {
            super(message);
        }
    }

    /// Parses UTF-8 bytes.
    ///
    /// @throws Malformed when the bytes are not exactly one JSON document
    public static @Nullable Object parse(byte[] utf8) {
        return parse(utf8, 0, utf8.length);
    }

    /// Parses UTF-8 bytes.
    ///
    /// @throws Malformed when the bytes are not exactly one JSON document
    public static @Nullable Object parse(byte[] utf8, int from, int length) {
        try (JsonParser parser = FACTORY.createParser(utf8, from, length)) {
            return document(parser);
        } catch (IOException broken) {
            throw malformed(broken);
        }
    }

    /// Parses text.
    ///
    /// @throws Malformed when the text is not exactly one JSON document
    public static @Nullable Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return document(parser);
        } catch (IOException broken) {
            throw malformed(broken);
        }
    }

    /// A streaming parser with the same limits, for callers that need no tree.
    public static JsonParser parser(byte[] utf8, int from, int length) {
        try {
            return FACTORY.createParser(utf8, from, length);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Compact JSON text of a plain value.
    public static String text(@Nullable Object value) {
        return new JsonBuffer().any(value).text();
    }

    /// JSON text of a plain value, indented by two blanks a level, for people.
    public static String pretty(@Nullable Object value) {
        var text = new StringBuilder();
        pretty(value, "\n", text);
        return text.toString();
    }

    /// The value that begins at the parser's current token; afterwards the parser stands on the
    /// value's last token.
    public static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? (Object) parser.getBigIntegerValue()
                            : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw new JsonParseException(parser, "a value is expected");
        };
    }

    private static @Nullable Object document(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw new Malformed("the text is empty");
        }
        Object value = value(parser);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "there is more text after the document");
        }
        return value;
    }

    private static SequencedMap<String, @Nullable Object> object(JsonParser parser)
            throws IOException {
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        var list = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private static Malformed malformed(IOException broken) {
        if (broken instanceof com.fasterxml.jackson.core.JacksonException jackson) {
            var at = jackson.getLocation();
            String where =
                    at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            String what = SOURCE.matcher(jackson.getOriginalMessage()).replaceAll("$1");
            return new Malformed(what + where);
        }
        return new Malformed("the bytes are no UTF-8 text");
    }

    private static void pretty(@Nullable Object value, String newLine, StringBuilder out) {
        String inner = newLine + "  ";
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> {
                String lead = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(lead).append(inner).append(text(String.valueOf(entry.getKey())));
                    pretty(entry.getValue(), inner, out.append(": "));
                    lead = ",";
                }
                out.append(newLine).append('}');
            }
            case List<?> list when !list.isEmpty() -> {
                String lead = "[";
                for (Object item : list) {
                    pretty(item, inner, out.append(lead).append(inner));
                    lead = ",";
                }
                out.append(newLine).append(']');
            }
            case null, default -> out.append(text(value));
        }
    }
}
