package dev.mxcp.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mxcp.types.json.Json;
import dev.mxcp.types.json.JsonBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A result as a person is shown it: numbers are kept as they are written, so that no digit is lost
/// or added.
sealed interface Shown {

    /// A number, true, false or null, as JSON writes it.
    record Literal(String text) implements Shown {}

    record Text(String text) implements Shown {}

    record Items(List<Shown> items) implements Shown {}

    record Members(SequencedMap<String, Shown> members) implements Shown {}

    /// Reads valid JSON.
    static Shown of(JsonBuffer json) {
        try (JsonParser parser = Json.parser(json.array(), 0, json.size())) {
            parser.nextToken();
            return read(parser);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The value in one line.
    default String line() {
        return switch (this) {
            case Literal(String text) -> text;
            case Text(String text) -> Printable.line(text);
            case Items _, Members _ -> Printable.line(write(new JsonBuffer()).text());
        };
    }

    /// The value as JSON.
    default JsonBuffer write(JsonBuffer out) {
        switch (this) {
            case Literal(String text) -> out.raw(text);
            case Text(String text) -> out.value(text);
            case Items(List<Shown> items) -> {
                char lead = '[';
                for (Shown item : items) {
                    item.write(out.raw(lead));
                    lead = ',';
                }
                out.raw(items.isEmpty() ? "[]" : "]");
            }
            case Members(SequencedMap<String, Shown> members) -> {
                char lead = '{';
                for (var member : members.entrySet()) {
                    member.getValue().write(out.raw(lead).name(member.getKey()));
                    lead = ',';
                }
                out.raw(members.isEmpty() ? "{}" : "}");
            }
        }
        return out;
    }

    private static Shown read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_ARRAY -> {
                var items = new ArrayList<Shown>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield new Items(items);
            }
            case START_OBJECT -> {
                SequencedMap<String, Shown> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield new Members(members);
            }
            case VALUE_STRING -> new Text(parser.getText());
            default -> new Literal(parser.getText());
        };
    }
}
